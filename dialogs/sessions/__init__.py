"""Live sessions: a quiz or a readiness check that many people take part in, in several places at once."""
