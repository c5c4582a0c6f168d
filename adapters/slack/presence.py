"""The invitation of the app: commands work in channels that it is not in, posts do not. Who needs them is told."""

import logging

from msgspec.structs import replace

from adapters.slack.incoming import Interaction, is_direct
from adapters.slack.manifest import HANDLE
from adapters.slack.workspaces import Workspaces, call
from bot.chat.card import Note
from bot.chat.command import Spec
from bot.chat.delivery import PostError, PostRefused
from bot.chat.request import Answer, Reply
from bot.chat.text import Code

log = logging.getLogger(__name__)

INVITE = Note(("I'm not in this channel yet, so I can't post here: ", Code(f"/invite @{HANDLE}"), "."))


async def add_invitation(answer: Answer, spec: Spec | None, interaction: Interaction, workspaces: Workspaces) -> Answer:
    """Return the answer, with what is still to do where the command needs to post and the app is not in the channel."""
    needs_posting = spec is not None and spec.needs_posting
    if not isinstance(answer, Reply) or answer.is_wrong or not needs_posting or is_direct(interaction.channel_id):
        return answer
    return answer if await _is_member(interaction, workspaces) else replace(answer, card=answer.card.plus(INVITE))


async def _is_member(interaction: Interaction, workspaces: Workspaces) -> bool:
    """Return True if the app is in the channel; private ones do not even exist for it otherwise. In doubt it is."""
    try:
        client = await workspaces.client(interaction.team)
        answer = await call(client.conversations_info(channel=interaction.channel_id))
    except PostRefused as refused:
        return not refused.is_gone
    except PostError as error:
        log.info("whether the app is in a channel is not known", extra={"reason": str(error)})
        return True
    return bool(answer["channel"].get("is_member", True))
