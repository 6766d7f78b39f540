"""What all dialogs share: the model, replies, forms, jobs, and the commands with the words for them."""
