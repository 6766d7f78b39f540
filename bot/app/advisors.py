"""Who advises: those whom ``ADVISORS`` names, by id or by an address resolved since, and those added in
chat."""

from __future__ import annotations

from collections.abc import Callable, Collection

from bot.app.organisations import Organisations
from bot.platforms.adapters import Adapter
from bot.platforms.registry import Platforms
from bot.settings import Settings


class WhoAdvises:
    """They, as this process knows it."""

    def __init__(
        self,
        settings: Settings,
        platforms: Platforms,
        organisations: Organisations,
        added: Callable[[], Collection[str]],
    ) -> None:
        """``added``: those added in chat. Raises BadSettings."""
        self._named, self._channel = platforms.named(settings), platforms.channel(settings)
        self._set = settings.advisors
        self._organisations, self._added = organisations, added
        self._adapters: list[Adapter] = []

    def joined(self, adapter: Adapter) -> None:
        """The side of a platform on which advisors may be; it resolves their addresses."""
        self._adapters.append(adapter)

    def named(self) -> set[str]:
        """Those whom ``ADVISORS`` names; somebody may stand there by their workspace."""
        named = self._named.union(*(adapter.advisors for adapter in self._adapters))
        return {self._organisations.person(advisor) for advisor in named}

    def include(self, speaker: str) -> bool:
        """Whether ``speaker`` advises."""
        return speaker in self.named() or speaker in self._added()

    def may_include(self, speaker: str) -> bool:
        """Whether ``speaker`` advises, or may be behind an address that isn't resolved here yet."""
        addresses = sum("@" in advisor for advisor in self._set)
        unresolved = any(len(adapter.advisors) < addresses for adapter in self._adapters)
        return unresolved or self.include(speaker)

    def reachable(self) -> bool:
        """Whether a question has anybody to go to."""
        return bool(self._channel or self._set or self.named() or self._added())
