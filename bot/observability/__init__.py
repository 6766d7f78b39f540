"""Logs and metrics: ids, kinds and times, never words, names or tokens."""
