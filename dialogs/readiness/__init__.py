"""A readiness check for one person: its steps, its scores, what they come to."""
