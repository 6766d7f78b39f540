"""Reminders and pulses: series of sends to the people whose buy-in matters, and what they answer."""
