"""A session: lines in, messages out, one after the other, in a world whose clock may stand still."""

from datetime import datetime
from itertools import count
from uuid import uuid4
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from adapters.console.buttons import ShownCard, ShownCards
from adapters.console.channels import name_channels, pick_channels
from adapters.console.files import WrittenFile, read_filled_in, read_named, with_file
from adapters.console.forms import OpenForm, OpenForms, errors_of, fill_in, options_of
from adapters.console.help import CARD as HELP
from adapters.console.incoming import PLATFORM, ROOM, TypedLine, parse_line, user_of
from adapters.console.outgoing import Message, Output, OutputKind
from adapters.console.times import add_span, format_instant, read_instant
from bot.adapter import Core, World
from bot.chat.button_id import pack, unpack
from bot.chat.card import Block, Card, Line, Note, Tone
from bot.chat.command import Reading
from bot.chat.delivery import Address, ChannelAddress, UserAddress
from bot.chat.form import Form
from bot.chat.refusal import refusal_text
from bot.chat.request import Answer, Ask, Audience, Channel, CommandRequest, Reply, Request, TextRequest, User, Via
from bot.chat.text import Code
from bot.clock import StillClock
from bot.errors import Refused, TenHoursError


class Session:
    """A conversation: typed lines become requests, answers are shown. `say` never raises for what somebody types."""

    def __init__(
        self, core: Core, cards: ShownCards, world: World, speaker: str, zone: ZoneInfo, output: Output
    ) -> None:
        self.core = core
        self.zone = zone
        self.output = output
        self.is_over = False
        self._cards = cards
        self._forms = OpenForms()
        self._world = world
        self._id = uuid4().hex
        self._numbers = count(1)
        self._names: dict[str, str] = {}
        self._joined: set[str] = set()
        self._has_begun = False
        self.speaker = self._user_named(speaker)

    def speak_as(self, name: str) -> None:
        """Take this person for the speaker of all later lines that name nobody."""
        self.speaker = self._user_named(name)

    async def begin(self) -> None:
        """Start the group `console` in the speaker's name, unless it is there.

        The speaker becomes a member by speaking, as everybody.
        """
        if self._has_begun:
            return
        self._has_begun = True
        options = {"name": ROOM, "zone": self.zone.key}
        await self._handle_silently("console:setup:group", self.speaker, "group start", options)

    async def say(self, line: str) -> None:
        """Handle one line, and show all that comes of it."""
        await self.begin()
        speaker = self.speaker
        try:
            typed = parse_line(line, self.core.commands)
            if typed is not None:
                speaker = self._user_named(typed.speaker) if typed.speaker is not None else speaker
                await self._run_line(typed, speaker)
        except TenHoursError as error:
            refused = error if isinstance(error, Refused) else Refused(str(error))
            self._show(OutputKind.ERROR, self._names[speaker.id], Audience.PRIVATE, refusal_card(refused))

    @property
    def latest_form(self) -> OpenForm | None:
        """The form that was opened last and waits for its answer; None where none does."""
        return self._forms.latest

    @property
    def names(self) -> list[str]:
        """The people who have been named in this session."""
        return list(self._names.values())

    def labels(self) -> list[str]:
        """Return the labels of the buttons that the session's own speaker sees, newest first."""
        return self._cards.labels(self.speaker.id, ROOM)

    async def fill(self, opened: OpenForm, form: Form) -> None:
        """Send a form's answers, from where it was asked for."""
        user = self._user_named(self._names[opened.viewer])
        await self._join_home(user, opened.channel)
        options, files = options_of(form), read_filled_in(form)
        channels = pick_channels(form)
        request = CommandRequest(
            self._next_id(), user, opened.channel, form.command, options, Via.FORM, files, channels=channels
        )
        answer = await self.core.handle(request)
        match answer:
            case Ask(again) if again.has_errors:
                self._forms.amend(opened, again)
                self._show(OutputKind.ERROR, self._names[user.id], Audience.PRIVATE, errors_of(again))
            case Reply(is_wrong=True):
                self._forms.amend(opened, form)
                self._receive(answer, request, opened.origin)
            case _:
                self._forms.close(opened)
                self._receive(answer, request, opened.origin)
        await self._world.settle()

    def announce(self, kind: OutputKind, to: Address, card: Card) -> None:
        """Show what was posted to a channel or a person."""
        match to:
            case ChannelAddress(channel=channel):
                self._show(kind, channel, Audience.PUBLIC, card)
            case UserAddress(user=user, name=name):
                self._show(kind, self._names.get(user) or name or user, Audience.PRIVATE, card)

    def ref_of(self, shown: ShownCard) -> str:
        """Return an id of a card that no other session gives."""
        return f"{self._id}/{shown.id}"

    def card_of(self, ref: str) -> ShownCard | None:
        """Return the card of that id, None where it is of another session."""
        session_id, _, number = ref.partition("/")
        return self._cards.with_id(number) if session_id == self._id else None

    def now(self) -> datetime:
        """Return the time in the session's zone."""
        return self.core.now().astimezone(self.zone)

    async def pass_time(self, target: datetime) -> None:
        """Move the clock, which stands still, to `target`."""
        async with self.output.waiting("Time passes"):
            await self._world.move(target)

    @property
    def is_still(self) -> bool:
        """True if the clock only moves when told."""
        return isinstance(self._world.clock, StillClock)

    def draft_request(self, command: str) -> CommandRequest:
        """Return a request that is only asked about (completion), not made."""
        return CommandRequest(self._next_id(), self.speaker, _channel(None), command)

    async def _run_line(self, typed: TypedLine, user: User) -> None:
        match typed.instruction:
            case "press":
                await self._press(typed, user)
            case "fill":
                opened = self._forms.newest(user.id, typed.room)
                await self.fill(opened, fill_in(opened.form, typed.rest))
            case "advance":
                self._require_still(":advance")
                await self._move(add_span(self.core.now(), typed.rest, self.zone))
            case "at":
                self._require_still(":at")
                await self._move(self._read_later(typed.rest))
            case "help":
                self._show(OutputKind.REPLY, self._names[user.id], Audience.PRIVATE, HELP)
            case "quit":
                self.is_over = True
            case _:
                files = read_named(typed.rest, self.core.commands, Reading(self.now().date()))
                channels = name_channels(typed.rest, self.core.commands, Reading(self.now().date()))
                request = TextRequest(self._next_id(), user, _channel(typed.room), typed.rest, files, channels)
                await self._ask(request, None)

    async def _press(self, typed: TypedLine, user: User) -> None:
        room = typed.room or ROOM
        shown, button = self._cards.find_button(typed.rest, user.id, room, is_room_named=typed.room is not None)
        packed = pack(button.command, button.options)
        command, options = unpack(packed) if packed else (button.command, button.options)
        await self._ask(CommandRequest(self._next_id(), user, shown.channel, command, options, via=Via.BUTTON), shown)

    async def _ask(self, request: Request, origin: ShownCard | None) -> None:
        await self._join_home(request.user, request.channel)
        self._receive(await self.core.handle(request), request, origin)
        await self._world.settle()

    def _receive(self, answer: Answer, request: Request, origin: ShownCard | None) -> None:
        name = self._names[request.user.id]
        if isinstance(answer, Ask):
            self._forms.open(OpenForm(answer.form, request.user.id, request.channel, origin))
            self._show(OutputKind.FORM, name, Audience.PRIVATE, answer.form)
            return
        audience = Audience.PRIVATE if answer.is_wrong else answer.audience
        viewer = request.user.id if audience is Audience.PRIVATE else None
        if answer.in_place and origin is not None and origin.viewer == viewer:
            origin.card = answer.card
            to = name if viewer else origin.channel.name
            self._show(OutputKind.EDIT, to, audience, answer.card)
        else:
            card, file = with_file(answer)
            self._cards.add(card, request.channel, viewer)
            self._show(OutputKind.ERROR if answer.is_wrong else OutputKind.REPLY, name, audience, card, file)

    async def _move(self, target: datetime) -> None:
        await self.pass_time(target)
        self.output.moved(self.core.now(), self.zone)

    def _read_later(self, text: str) -> datetime:
        target = read_instant(text, self.zone)
        if target < self.core.now():
            raise Refused(f"That is past: it is {format_instant(self.core.now(), self.zone)}.", ":advance 1h")
        return target

    def _require_still(self, instruction: str) -> None:
        if not self.is_still:
            raise Refused(f"{instruction} only works if the clock stands still.", "--clock 2026-01-05T09:00")

    async def _join_home(self, user: User, channel: Channel) -> None:
        """Let whoever speaks in the console's own channel join its group; once is enough."""
        if channel.id != ROOM or user.id in self._joined:
            return
        self._joined.add(user.id)
        await self._handle_silently(self._next_id(), user, "group join", {})

    async def _handle_silently(self, request_id: str, user: User, command: str, options: dict[str, str]) -> None:
        """Make a request whose answer nobody sees; a form that it asks for is sent back unchanged."""
        request = CommandRequest(request_id, user, _channel(None), command, options)
        answer = await self.core.handle(request)
        if isinstance(answer, Ask):
            form = answer.form
            values = {**options, **options_of(form)}
            again = replace(request, id=f"{request_id}:form", command=form.command, options=values, via=Via.FORM)
            await self.core.handle(again)

    def _user_named(self, name: str) -> User:
        """Return the user of a name, as they wrote it first."""
        user = user_of(name, self.zone.key)
        return replace(user, name=self._names.setdefault(user.id, user.name))

    def _show(
        self, kind: OutputKind, to: str, audience: Audience, body: Card | Form, file: WrittenFile | None = None
    ) -> None:
        self.output.show(Message(kind, to, audience, self.now(), body, file))

    def _next_id(self) -> str:
        return f"console:{self._id}:{next(self._numbers)}"


def refusal_card(refused: Refused) -> Card:
    """Return a card that says what was wrong, and what would be right."""
    blocks: list[Block] = [Line(refusal_text(refused))]
    if refused.example:
        blocks.append(Note(("For example: ", Code(refused.example))))
    return Card("", tuple(blocks), Tone.WRONG)


def _channel(room: str | None) -> Channel:
    return Channel(PLATFORM, "", room or ROOM, room or ROOM)
