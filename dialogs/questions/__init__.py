"""An officer asks: answers, suggestions, follow-ups, browsing, help and small talk."""
