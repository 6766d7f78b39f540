"""What an author is told of a knowledge folder: problems, what it confuses, how much there is."""
