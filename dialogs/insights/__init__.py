"""Insights: what people ask, and what came of it, for advisors, under the small-group rules."""
