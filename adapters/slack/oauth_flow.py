"""The OAuth flow: Bolt's own, which believes no code that does not look like one, and names none in the log."""

import logging
import re
from collections.abc import Collection

from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Installation

log = logging.getLogger(__name__)
library_log = logging.getLogger(f"{__name__}.library")
"""The logger of Bolt's flow, which writes the code that a browser sent."""
CODE = re.compile(r"[\w.-]{1,300}", re.ASCII)
"""A code of Slack's: numbers and letters with dots between."""


def _without_code(record: logging.LogRecord) -> bool:
    """Leave nothing in a record of what a browser sent."""
    record.msg, record.args = "an installation failed at Slack", ()
    return True


library_log.addFilter(_without_code)


class NotWelcome(Exception):
    """A workspace that is not on the list of those for which this bot is."""

    def __init__(self, team: str) -> None:
        super().__init__("not on the list")
        self.team = team


class CarefulFlow(AsyncOAuthFlow):
    """The flow for some workspaces, or for all where none is named."""

    teams: Collection[str] = ()

    async def run_installation(self, code: str) -> Installation | None:
        """Return what a code brings; None where it is none. Raises `NotWelcome` and gives the token back."""
        if not CODE.fullmatch(code):
            log.info("an installation with no code of Slack's")
            return None
        installation = await super().run_installation(code)
        if installation is not None and self.teams and installation.team_id not in self.teams:
            await self._give_back(installation)
            raise NotWelcome(installation.team_id or "")
        return installation

    async def _give_back(self, installation: Installation) -> None:
        try:
            await self.client.auth_revoke(token=installation.bot_token)
        except SlackApiError as error:
            log.warning("a token could not be given back", extra={"error": str(error.response.get("error"))})
