"""Insights are tried on a real server of their own, between fake platforms."""

from __future__ import annotations

from tests.enquiries.test_loop import advised

__all__ = ["advised"]
