"""What words do in a talk: asking why, wanting it shorter, thanking, complaining, naming something else."""
