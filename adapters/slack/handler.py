"""From what came to its acknowledgement: the core first, then the answer, and never later than Slack waits for."""

import asyncio
import logging
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck

from adapters.slack import commands, inputs, limits
from adapters.slack.home import Home
from adapters.slack.incoming import Come
from adapters.slack.markup import Json
from adapters.slack.outgoing import Outgoing
from adapters.slack.presence import with_invitation
from adapters.slack.profiles import Profiles
from adapters.slack.tasks import BackgroundTasks
from bot.adapter import Core
from bot.chat.card import Card, Line, Tone
from bot.chat.delivery import PostError
from bot.chat.refusal import refusal_text
from bot.chat.request import Answer, CommandRequest, Reply, User
from bot.errors import Refused

log = logging.getLogger(__name__)

NOTE = "learned"
"""The option that a message becomes which is to be logged."""


class InteractionHandler:
    """Works on one thing that came after another, each in its own time."""

    def __init__(
        self,
        core: Core,
        profiles: Profiles,
        outgoing: Outgoing,
        home: Home,
        tasks: BackgroundTasks,
        answer_within: float = limits.ANSWER_WITHIN,
    ) -> None:
        self._core = core
        self._profiles = profiles
        self._outgoing = outgoing
        self._home = home
        self._tasks = tasks
        self._answer_within = answer_within
        self._specs = {spec.name: spec for spec in core.commands}

    async def take(self, come: Come, ack: AsyncAck) -> None:
        """Acknowledge with the answer; where that takes too long, acknowledge now, and the answer comes another way."""
        work = self._tasks.start(self._work(come), f"request {come.id}")
        done, _ = await asyncio.wait({work}, timeout=self._answer_within)
        if not done:
            come.is_late = True
            log.warning("a late answer", extra={"request": come.id})
            await ack()
            return
        body: Json = {} if work.exception() is not None else work.result()
        await ack(body or "")

    async def suggest(self, come: Come) -> list[Json]:
        """What a field that searches offers."""
        [(name, typed)] = come.fields.items()
        user = await self._profiles.of(come.team, come.user, come.user_name)
        request = come.request(user)
        assert isinstance(request, CommandRequest)
        return inputs.options(await self._core.suggest(request, name, typed))

    async def _work(self, come: Come) -> dict[str, Any]:
        user = await self._profiles.of(come.team, come.user, come.user_name)
        asked = await self._with_names(come)
        answer = await self._asked(asked, user)
        spec = self._specs.get(asked.command) or commands.spec_of(asked.words, self._specs)
        if spec is None or not spec.is_read_only:
            self._home.touched(come.team, come.user)
        answer = await with_invitation(answer, spec, asked, self._outgoing.workspaces)
        try:
            return await self._outgoing.answer(come, answer)
        except PostError as error:
            log.warning("an answer could not be brought", extra={"request": come.id, "reason": str(error)})
            return {}

    async def _asked(self, come: Come, user: User) -> Answer:
        """What the core answers, or why a file that came with a form was not even taken."""
        try:
            files = await self._outgoing.files.fetch(come.team, come.files)
        except Refused as refused:
            return Reply(Card("", (Line(refusal_text(refused)),), Tone.WRONG), is_wrong=True)
        return await self._core.handle(commands.without_files(come.request(user, files), self._specs))

    async def _with_names(self, come: Come) -> Come:
        """What was typed with the names of those it mentions; a command that takes a member finds them by id."""
        if commands.takes_member(commands.spec_of(come.words, self._specs)):
            return replace(come, words=commands.as_typed(come.words, {}, keeps_people=True))
        names = await self._names(come.team, come.words + come.note)
        note = commands.as_typed(come.note, names).strip()[: limits.NOTE]
        options = {**come.options, NOTE: note} if note else come.options
        return replace(come, words=commands.as_typed(come.words, names), options=options)

    async def _names(self, team: str, text: str) -> dict[str, str]:
        ids = sorted(commands.mentioned(text))[:5]
        users = [await self._profiles.of(team, each) for each in ids]
        return {each: user.name for each, user in zip(ids, users, strict=True) if user.name != each}
