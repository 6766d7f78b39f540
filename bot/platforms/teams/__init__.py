"""Microsoft Teams: listen, render, send. Nothing outside this folder knows the Bot Framework."""
