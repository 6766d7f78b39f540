"""Mail: for those who are in neither chat. Nothing outside this folder knows SMTP."""
