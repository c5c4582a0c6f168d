"""Files that come with a form, fetched with the bot's token, and files that go out, to one person's direct messages."""

import logging
from collections.abc import Mapping
from functools import partial

from adapters.slack import limits
from adapters.slack.client import WebApi
from adapters.slack.inputs import SlackFile
from adapters.slack.posting import Posting
from adapters.slack.workspaces import Workspaces, call
from bot.adapter.bounded import BoundedDict
from bot.chat.card import Note
from bot.chat.delivery import PostError
from bot.chat.request import Attachment, OfferedFile
from bot.errors import Refused

log = logging.getLogger(__name__)

MISSING_SCOPE = "missing_scope"
SENT = Note(("The file is in your direct messages with me.",))
NOT_SENT = Note(("Slack didn't take the file just now. Ask for it again.",))
MAY_NOT_SEND = Note(("I can't send files in this workspace yet: the app needs the permission files:write.",))


class Files:
    """Files on their way in and out of every workspace."""

    def __init__(self, api: WebApi, workspaces: Workspaces, posting: Posting) -> None:
        self._api = api
        self._workspaces = workspaces
        self._posting = posting
        self._sent: BoundedDict[str, None] = BoundedDict(limits.SENT_FILES_REMEMBERED)

    def offer(self, team: str, files: Mapping[str, SlackFile]) -> dict[str, OfferedFile]:
        """Return files as the core takes them, by option: it fetches what it wants."""
        return {
            option: OfferedFile(file.name, file.size, partial(self._fetch, team, file))
            for option, file in files.items()
        }

    async def _fetch(self, team: str, file: SlackFile, limit: int) -> bytes:
        """Return a file of at most `limit` bytes. Raises `TooLarge`, or `Refused` where Slack does not give it."""
        try:
            client = await self._workspaces.client(team)
            content: bytes = await call(self._api.download(file.url, client.token or "", limit))
        except PostError as error:
            log.warning("a file could not be fetched", extra={"team": team, "file": file.id, "reason": str(error)})
            raise Refused("Slack didn't hand me that file. Send it again.") from None
        return content

    async def send(self, team: str, user: str, attachment: Attachment, interaction_id: str) -> Note:
        """Send a file to one person, once for each interaction; return what to say of it."""
        try:
            if interaction_id not in self._sent:
                await self._send(team, user, attachment)
                self._sent[interaction_id] = None
        except PostError as error:
            log.warning("a file could not be sent", extra={"team": team, "reason": str(error)})
            return MAY_NOT_SEND if str(error) == MISSING_SCOPE else NOT_SENT
        return SENT

    async def _send(self, team: str, user: str, attachment: Attachment) -> None:
        client = await self._workspaces.client(team)
        channel = await self._posting.open_direct(team, user)
        await call(self._api.upload(client, attachment.name, attachment.content, channel=channel))
