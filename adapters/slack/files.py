"""Files that come with a form, fetched with the bot's token, and files that go out, to one person's direct messages."""

import logging
from collections import OrderedDict
from collections.abc import Mapping

from adapters.slack import limits
from adapters.slack.client import TooLarge, WebApi
from adapters.slack.inputs import Handed
from adapters.slack.posting import Posting
from adapters.slack.workspaces import Workspaces, called
from bot.chat.card import Note
from bot.chat.delivery import PostError
from bot.chat.request import Attachment, Upload
from bot.errors import Refused

log = logging.getLogger(__name__)

MISSING_SCOPE = "missing_scope"
KEPT = 1000
SENT = Note(("The file is in your direct messages with me.",))
NOT_SENT = Note(("Slack did not take the file just now; please ask for it again.",))
MAY_NOT_SEND = Note(("I may not send files in this workspace: the app needs the permission files:write.",))


class Files:
    """Takes files in and hands them over."""

    def __init__(self, web: WebApi, workspaces: Workspaces, posting: Posting) -> None:
        self._web = web
        self._workspaces = workspaces
        self._posting = posting
        self._given: OrderedDict[str, None] = OrderedDict()

    async def fetch(self, team: str, files: Mapping[str, Handed]) -> dict[str, Upload]:
        """What is in the files; `Refused` where one is too large, or Slack does not hand it out."""
        return {option: Upload(file.name, await self._fetched(team, file)) for option, file in files.items()}

    async def _fetched(self, team: str, file: Handed) -> bytes:
        try:
            client = await self._workspaces.client(team)
            content: bytes = await called(self._web.download(file.url, client.token or "", limits.UPLOAD))
        except TooLarge:
            raise Refused(f"That file has more than {limits.UPLOAD // 1024**2} MB, which is all I take.") from None
        except PostError as error:
            log.warning("a file could not be fetched", extra={"team": team, "file": file.id, "reason": str(error)})
            raise Refused("Slack did not hand me that file; please send it again.") from None
        return content

    async def hand_over(self, team: str, user: str, attachment: Attachment, request: str) -> Note:
        """Send a file to one person, once for each request; what to say of it."""
        try:
            if request not in self._given:
                await self._send(team, user, attachment)
                self._remember(request)
        except PostError as error:
            log.warning("a file could not be sent", extra={"team": team, "reason": str(error)})
            return MAY_NOT_SEND if str(error) == MISSING_SCOPE else NOT_SENT
        return SENT

    async def _send(self, team: str, user: str, attachment: Attachment) -> None:
        client = await self._workspaces.client(team)
        channel = await self._posting.direct(team, user)
        await called(self._web.upload(client, attachment.name, attachment.content, channel=channel))

    def _remember(self, request: str) -> None:
        self._given[request] = None
        while len(self._given) > KEPT:
            self._given.popitem(last=False)
