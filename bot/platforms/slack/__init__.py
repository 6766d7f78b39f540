"""Slack: listens, renders and sends; nothing outside this folder knows its SDKs."""
