"""Enquiries: what the deck doesn't answer, an advisor may."""
