"""How it ends with a workspace: it uninstalls us, or takes our token back."""

from __future__ import annotations

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from bot.platforms.accounts import account_of, through
from bot.platforms.ports import InboundHandler, Revoked, Unavailable
from bot.platforms.slack.calls import told
from bot.platforms.slack.shapes import Json, inside, text
from bot.platforms.slack.workspace import Workspace
from bot.platforms.slack.workspaces import Workspaces

_log = structlog.get_logger()


class Endings:
    """Sees to it that nothing is kept for, or sent to, a workspace that has ended it."""

    def __init__(self, handler: InboundHandler, workspaces: Workspaces) -> None:
        self._handler, self._workspaces = handler, workspaces

    async def ended(self, workspace: Workspace, body: Json) -> bool:
        """Whether an event tells of an end, which is then seen to. May raise Unavailable or MemoryAway: Slack
        brings it again."""
        event = inside(body, "event")
        match text(event, "type"):
            case "app_uninstalled":
                pass
            case "tokens_revoked":
                revoked = inside(event, "tokens").get("bot")
                # The settings' token may be followed by another there: what waits is held until then.
                if not workspace.account or not (isinstance(revoked, list) and workspace.me.user in revoked):
                    return True
            case _:
                return False
        if not workspace.account:
            if await self._ours(workspace, text(body, "team_id")):
                await self._handler.uninstalled(account_of("slack", {}))
        elif await self._forgotten(workspace.account, body.get("event_time")):
            await self._handler.uninstalled(account_of("slack", through(workspace.account, {"channel": ""})))
        return True

    async def _forgotten(self, account: str, told_at: object) -> bool:
        """Whether the installation is over: what is told late may be of one that was made anew since."""
        assert self._workspaces.installations is not None
        at = float(told_at) if isinstance(told_at, int | float) else 0.0
        if not await self._workspaces.installations.end(account, at):
            _log.info("an earlier installation was ended", account=account)
            return False
        await self._workspaces.forget(account)
        return True

    async def _ours(self, workspace: Workspace, team: str) -> bool:
        """Whether it is the settings' workspace that ended it: the app may be in others. Where Slack hasn't
        told yet which that is, it is asked; of a token that is no longer good, it is."""
        if team and not workspace.me.team:
            try:
                await workspace.hello()
            except SlackApiError as error:
                if isinstance(meaning := told(error.response), Revoked):
                    return True
                raise Unavailable(meaning.reason) from None
            except (aiohttp.ClientError, OSError, TimeoutError, AttributeError):
                raise Unavailable("slack") from None
        return team in ("", workspace.me.team)
