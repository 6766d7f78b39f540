"""Accounts: what we hold credentials of on a platform, a Slack workspace or a Teams app, and which of them a
message goes through.

An address names its account, but for that of the settings' single token or app: where there is one account,
addresses are what they were before there could be several.
"""

from __future__ import annotations

from msgspec.structs import replace

from bot.platforms.adapters import OpenPlace, Someone
from bot.platforms.ports import Address, InboundEvent, Undeliverable

ACCOUNT = "account"
NOT_INSTALLED = "not_installed"


class NoAccount(Undeliverable):
    """We aren't installed where that would be sent from (any more)."""

    def __init__(self) -> None:
        super().__init__(NOT_INSTALLED)


def account_of(platform: str, to: Address) -> str:
    """By whose credentials something is sent: ``platform:account``, or the platform's single ones."""
    return f"{platform}:{to[ACCOUNT]}" if ACCOUNT in to else platform


def through(account: str, to: Address) -> Address:
    """An address, reached through an account; "" for that of the settings. Nowhere stays nowhere."""
    return {**to, ACCOUNT: account} if account and to else to


def arrived(account: str, inbound: InboundEvent) -> InboundEvent:
    """An event that arrived at an account, through which it is answered."""
    if not account:
        return inbound
    return replace(
        inbound,
        to=through(account, inbound.to),
        private_to=through(account, inbound.private_to),
        note_to=None if inbound.note_to is None else through(account, inbound.note_to),
        channel_to=through(account, inbound.channel_to),
    )


def met(account: str, someone: Someone) -> Someone:
    """Somebody as an account's directory tells of them."""
    return replace(someone, to=through(account, someone.to))


def open_place(account: str, place: OpenPlace) -> OpenPlace:
    """A channel as an account's directory tells of it."""
    return place._replace(to=through(account, place.to))
