"""What people do in a test's process: they type, press and submit."""

from __future__ import annotations

from typing import Any

from bot.platforms.ports import Result
from dialogs.core.events import Event, Submitted, Utterance
from dialogs.core.plain import choices
from dialogs.core.replies import Reply


class People:
    """People who talk to one process; ``happens`` is how it takes an event."""

    async def happens(self, event: Event, who: str, **where: Any) -> Result:
        """``who`` does something."""
        raise NotImplementedError

    async def say(self, who: str, text: str, **where: Any) -> Result:
        """Somebody types, to us."""
        return await self.happens(Utterance(text), who, **where)

    async def press(self, who: str, card: Reply, label: str, **where: Any) -> Result:
        """Somebody presses the button of ``card`` whose label contains ``label``."""
        found = [choice for choice in choices(card) if label in choice.label]
        assert found, f"no such button among {[choice.label for choice in choices(card)]}"
        return await self.press_saying(who, found[0].says, **where)

    async def press_saying(self, who: str, says: str, **where: Any) -> Result:
        """Somebody presses a button that says this, wherever it stands."""
        return await self.happens(Utterance(says, pressed=True), who, press=True, **where)

    async def submit(self, who: str, says: str, values: dict[str, str], **where: Any) -> Result:
        """Somebody submits a form."""
        return await self.happens(Submitted(says, values), who, press=True, **where)
