"""The commands of ``python -m bot`` beside running it."""
