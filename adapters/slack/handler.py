"""From an interaction to its acknowledgement: the core first, then the answer, never later than Slack waits for."""

import asyncio
import logging
from datetime import date

from slack_bolt.async_app import AsyncAck

from adapters.slack import commands, inputs, limits
from adapters.slack.channel_names import ChannelNames
from adapters.slack.channels import channel_options, find_channel, with_people, words_in_line
from adapters.slack.home import Home
from adapters.slack.incoming import ButtonPress, FieldSearch, FormSubmission, Interaction, Shortcut, SlashCommand
from adapters.slack.outgoing import Acknowledgement, Outgoing
from adapters.slack.presence import add_invitation
from adapters.slack.profiles import Profiles
from adapters.slack.tasks import BackgroundTasks
from bot.adapter import Core
from bot.adapter.http import Json
from bot.chat.command import Reading, Spec
from bot.chat.delivery import PostError
from bot.chat.request import Answer, CommandRequest, NamedChannel, OfferedFile, Request, TextRequest, User, Via

log = logging.getLogger(__name__)

SHORTCUT_COMMAND = "checkin"
NOTE_OPTION = "learned"
"""The option of the command that takes the message of “Log this”."""

MENTIONS_NAMED = 5
"""People in a line who are called by their names; the others keep the label that Slack gave them."""


class InteractionHandler:
    """The way of interactions through the core, each in its own time."""

    def __init__(
        self,
        core: Core,
        profiles: Profiles,
        outgoing: Outgoing,
        home: Home,
        tasks: BackgroundTasks,
        answer_timeout: float,
    ) -> None:
        self._core = core
        self._profiles = profiles
        self._outgoing = outgoing
        self._channel_names = ChannelNames(outgoing.workspaces)
        self._home = home
        self._tasks = tasks
        self._answer_timeout = answer_timeout
        self._specs = {spec.name: spec for spec in core.commands}

    async def handle(self, interaction: Interaction, ack: AsyncAck) -> None:
        """Acknowledge with the answer; where that takes too long, acknowledge now, and the answer comes another way."""
        acknowledgement = Acknowledgement(ack)
        work = self._tasks.start(self._answer(interaction, acknowledgement), f"request {interaction.id}")
        done, _ = await asyncio.wait({work}, timeout=self._answer_timeout)
        if not done:
            log.warning("a late answer", extra={"request": interaction.id})
            await acknowledgement.send()
            return
        await acknowledgement.send({} if work.exception() is not None else work.result())

    async def suggest(self, search: FieldSearch) -> list[Json]:
        """Return what a field that searches offers."""
        user = await self._profiles.get(search.team, search.user_id, search.user_name)
        request = CommandRequest(search.id, user, await self._channel_names.find_channel(search), search.command)
        return inputs.render_options(await self._core.suggest(request, search.field, search.typed))

    async def _answer(self, interaction: Interaction, acknowledgement: Acknowledgement) -> Json:
        """Return what belongs into the acknowledgement."""
        user = await self._profiles.get(interaction.team, interaction.user_id, interaction.user_name)
        answer = await self._ask_core(interaction, user)
        spec = self._find_spec(interaction)
        if spec is None or not spec.is_read_only:
            self._home.refresh(interaction.team, interaction.user_id)
        answer = await add_invitation(answer, spec, interaction, self._outgoing.workspaces)
        try:
            return await self._outgoing.answer(interaction, answer, acknowledgement)
        except PostError as error:
            log.warning("an answer could not be brought", extra={"request": interaction.id, "reason": str(error)})
            return {}

    async def _ask_core(self, interaction: Interaction, user: User) -> Answer:
        return await self._core.handle(await self._make_request(interaction, user))

    async def _make_request(self, interaction: Interaction, user: User) -> Request:
        """Return the request for the core, to which the files of a form are offered."""
        channel = await self._channel_names.find_channel(interaction)
        spec = self._find_spec(interaction)
        if spec is not None and spec.needs_posting and channel.id is not None:
            channel = await with_people(self._outgoing.workspaces, channel)
        match interaction:
            case SlashCommand():
                line = await self._unescape_line(interaction)
                channels = await self._name_channels(interaction, self._words_in_line(line, interaction.words))
                request = TextRequest(interaction.id, user, channel, line, channels=channels)
                return commands.drop_files(request, self._specs)
            case Shortcut():
                command, via, files = SHORTCUT_COMMAND, Via.SLASH, dict[str, OfferedFile]()
                options = await self._note_options(interaction)
            case ButtonPress(command=command, options=options):
                via, files = Via.BUTTON, {}
            case FormSubmission(command=command, options=options):
                via, files = Via.FORM, self._outgoing.files.offer(interaction.team, interaction.files)
        named = [options[name] for name in channel_options(self._specs.get(command)) if options.get(name)]
        channels = await self._name_channels(interaction, named)
        return CommandRequest(interaction.id, user, channel, command, options, via, channels=channels, offered=files)

    def _words_in_line(self, line: str, escaped: str) -> list[str]:
        """Return the words by which a line names channels; a reference that Slack did not make itself is none."""
        spec = commands.find_spec(line, self._specs)
        words = words_in_line(spec, line, Reading(date.min)) if spec else []
        return [name for name in words if not name.startswith("<") or name in escaped]

    async def _name_channels(self, interaction: Interaction, words: list[str]) -> dict[str, NamedChannel]:
        """Return the channels that are named, by the words that name each."""
        found = {name: await find_channel(self._outgoing.workspaces, interaction.team, name) for name in words}
        return {name: channel for name, channel in found.items() if channel is not None}

    async def _unescape_line(self, slash: SlashCommand) -> str:
        """Return the line with the names of those whom it mentions; a command that takes a member finds them by id."""
        if kept := commands.kept_references(self._find_spec(slash)):
            return commands.unescape(slash.words, {}, kept=kept)
        return commands.unescape(slash.words, await self._name_mentioned(slash.team, slash.words))

    async def _note_options(self, shortcut: Shortcut) -> dict[str, str]:
        names = await self._name_mentioned(shortcut.team, shortcut.note)
        note = commands.unescape(shortcut.note, names).strip()[: limits.NOTE_LENGTH]
        return {NOTE_OPTION: note} if note else {}

    async def _name_mentioned(self, team: str, text: str) -> dict[str, str]:
        """Return the names of mentioned members by id, of those that have one."""
        ids = sorted(commands.find_mentions(text))[:MENTIONS_NAMED]
        users = [await self._profiles.get(team, user_id) for user_id in ids]
        return {user_id: user.name for user_id, user in zip(ids, users, strict=True) if user.name != user_id}

    def _find_spec(self, interaction: Interaction) -> Spec | None:
        match interaction:
            case SlashCommand(words=words):
                return commands.find_spec(words, self._specs)
            case Shortcut():
                return self._specs.get(SHORTCUT_COMMAND)
            case ButtonPress(command=command) | FormSubmission(command=command):
                return self._specs.get(command)
