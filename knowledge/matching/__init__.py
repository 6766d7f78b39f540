"""The matcher: how sure it is that a question is about a lesson, fitted once to a folder's examples."""
