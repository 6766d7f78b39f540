"""Reminders and pulses: their store, turns, recipients, the door for presses, and the advisors' board."""
