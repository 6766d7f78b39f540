"""Matching one question beside rapidfuzz over whole phrases, which is what one would write first."""
