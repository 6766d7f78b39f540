"""What happens to a conversation, a live session, a series of reminders or the advisors' settings."""
