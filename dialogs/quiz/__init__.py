"""A quiz for one person."""
