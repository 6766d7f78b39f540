"""What leaves: the outbox and its queues, bulk sends, rate limits, live cards, and jobs with a time."""
