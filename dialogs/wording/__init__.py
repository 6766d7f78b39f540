"""The words of the conversation, a module for each room; those of the subject are in ``knowledge/``."""
