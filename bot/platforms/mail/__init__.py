"""Mail: for those who are in neither chat. Nothing outside this folder knows SMTP."""

from __future__ import annotations

from bot.platforms.mail.adapter import MailAdapter, connect

__all__ = ["MailAdapter", "connect"]
