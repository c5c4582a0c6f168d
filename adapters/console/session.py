"""A session: lines in, messages out, one after the other, in a world whose clock may stand still."""

from datetime import datetime
from itertools import count
from uuid import uuid4
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from adapters.console import guide
from adapters.console.buttons import Shown, Wall
from adapters.console.files import Written, filled_in, named_in, with_file
from adapters.console.forms import Desk, OpenForm, errors_of, filled, options_of
from adapters.console.incoming import PLATFORM, ROOM, Heard, hear, user_of
from adapters.console.outgoing import Kind, Message, Output
from adapters.console.times import after, read_instant, say_instant
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
    """What is typed becomes requests, what is answered is shown. `say` never raises for what somebody types."""

    def __init__(self, core: Core, wall: Wall, world: World, speaker: str, zone: ZoneInfo, output: Output) -> None:
        self.core = core
        self.zone = zone
        self.output = output
        self.is_over = False
        self._wall = wall
        self._desk = Desk()
        self._world = world
        self._run = uuid4().hex
        self._numbers = count(1)
        self._names: dict[str, str] = {}
        self._present: set[str] = set()
        self._has_begun = False
        self.speaker = self._meet(speaker)

    def speak_as(self, name: str) -> None:
        """From now on lines that name nobody are this person's."""
        self.speaker = self._meet(name)

    async def begin(self) -> None:
        """See to it that the group `console` exists; the speaker has started it where it did not.

        A member they become by speaking, as everybody.
        """
        if self._has_begun:
            return
        self._has_begun = True
        options = {"name": ROOM, "zone": self.zone.key, "absent": "yes"}
        await self._do_quietly("console:setup:group", self.speaker, "group start", options)

    async def say(self, line: str) -> None:
        """Handle one line, and show all that comes of it."""
        await self.begin()
        speaker = self.speaker
        try:
            heard = hear(line, self.core.commands)
            if heard is not None:
                speaker = self._meet(heard.speaker) if heard.speaker is not None else speaker
                await self._obey(heard, speaker)
        except TenHoursError as error:
            refused = error if isinstance(error, Refused) else Refused(str(error))
            self._show(Kind.ERROR, self._names[speaker.id], Audience.PRIVATE, refusal(refused))

    @property
    def latest_form(self) -> OpenForm | None:
        """The form that was opened last and waits for its answer."""
        return self._desk.latest

    @property
    def names(self) -> list[str]:
        """Who has been named in this session."""
        return list(self._names.values())

    def labels(self) -> list[str]:
        """The buttons that the session's own speaker sees, newest first."""
        return self._wall.labels(self.speaker.id, ROOM)

    async def fill(self, opened: OpenForm, form: Form) -> None:
        """Send a form's answers, from where it was asked for."""
        user = self._meet(self._names[opened.viewer])
        await self._enter(user, opened.channel)
        sent = options_of(form), filled_in(form)
        request = CommandRequest(
            self._next_id(), user, opened.channel, form.command, sent[0], via=Via.FORM, files=sent[1]
        )
        answer = await self.core.handle(request)
        match answer:
            case Ask(again) if again.has_errors:
                self._desk.amend(opened, again)
                self._show(Kind.ERROR, self._names[user.id], Audience.PRIVATE, errors_of(again))
            case Reply(is_wrong=True):
                self._desk.amend(opened, form)
                self._receive(answer, request, opened.origin)
            case _:
                self._desk.close(opened)
                self._receive(answer, request, opened.origin)
        await self._world.settle()

    def announce(self, kind: Kind, to: Address, card: Card) -> None:
        """Show what was posted to a channel or a person."""
        match to:
            case ChannelAddress(channel=channel):
                self._show(kind, channel, Audience.PUBLIC, card)
            case UserAddress(user=user, name=name):
                self._show(kind, self._names.get(user) or name or user, Audience.PRIVATE, card)

    def ref_of(self, shown: Shown) -> str:
        """The id of a card that no other session gives."""
        return f"{self._run}/{shown.id}"

    def shown_of(self, ref: str) -> Shown | None:
        """The card of that id, if it is of this session."""
        run, _, number = ref.partition("/")
        return self._wall.of_id(number) if run == self._run else None

    def now(self) -> datetime:
        """The time in the session's zone."""
        return self.core.now().astimezone(self.zone)

    async def pass_time(self, target: datetime) -> None:
        """Move the clock, which stands still, to `target`."""
        async with self.output.waiting("Time passes"):
            await self._world.move(target)

    @property
    def is_still(self) -> bool:
        """Whether the clock only moves when told."""
        return isinstance(self._world.clock, StillClock)

    def asking(self, command: str) -> CommandRequest:
        """A request that is only asked about (completion), not made."""
        return CommandRequest(self._next_id(), self.speaker, _channel(None), command)

    async def _obey(self, heard: Heard, user: User) -> None:
        match heard.instruction:
            case "press":
                await self._press(heard, user)
            case "fill":
                opened = self._desk.newest(user.id, heard.room)
                await self.fill(opened, filled(opened.form, heard.rest))
            case "advance":
                self._check_still(":advance")
                await self._move(after(self.core.now(), heard.rest, self.zone))
            case "at":
                self._check_still(":at")
                await self._move(self._later(heard.rest))
            case "help":
                self._show(Kind.REPLY, self._names[user.id], Audience.PRIVATE, guide.CARD)
            case "quit":
                self.is_over = True
            case _:
                files = named_in(heard.rest, self.core.commands, Reading(self.now().date()))
                await self._ask(TextRequest(self._next_id(), user, _channel(heard.room), heard.rest, files), None)

    async def _press(self, heard: Heard, user: User) -> None:
        room = heard.room or ROOM
        shown, button = self._wall.press(heard.rest, user.id, room, is_room_named=heard.room is not None)
        packed = pack(button.command, button.options)
        command, options = unpack(packed) if packed else (button.command, button.options)
        await self._ask(CommandRequest(self._next_id(), user, shown.channel, command, options, via=Via.BUTTON), shown)

    async def _ask(self, request: Request, origin: Shown | None) -> None:
        await self._enter(request.user, request.channel)
        self._receive(await self.core.handle(request), request, origin)
        await self._world.settle()

    def _receive(self, answer: Answer, request: Request, origin: Shown | None) -> None:
        name = self._names[request.user.id]
        if isinstance(answer, Ask):
            self._desk.lay(OpenForm(answer.form, request.user.id, request.channel, origin))
            self._show(Kind.FORM, name, Audience.PRIVATE, answer.form)
            return
        audience = Audience.PRIVATE if answer.is_wrong else answer.audience
        viewer = request.user.id if audience is Audience.PRIVATE else None
        if answer.in_place and origin is not None and origin.viewer == viewer:
            origin.card = answer.card
            to = name if viewer else origin.channel.name
            self._show(Kind.EDIT, to, audience, answer.card)
        else:
            card, file = with_file(answer)
            self._wall.add(card, request.channel, viewer)
            self._show(Kind.ERROR if answer.is_wrong else Kind.REPLY, name, audience, card, file)

    async def _move(self, target: datetime) -> None:
        await self.pass_time(target)
        self.output.moved(self.core.now(), self.zone)

    def _later(self, text: str) -> datetime:
        target = read_instant(text, self.zone)
        if target < self.core.now():
            raise Refused(f"That is past: it is {say_instant(self.core.now(), self.zone)}.", ":advance 1h")
        return target

    def _check_still(self, instruction: str) -> None:
        if not self.is_still:
            raise Refused(
                f"{instruction} moves a clock that stands still, and this one runs.", "--clock 2026-01-05T09:00"
            )

    async def _enter(self, user: User, channel: Channel) -> None:
        """By speaking in the console's own channel one has joined its group; once is enough."""
        if channel.id != ROOM or user.id in self._present:
            return
        self._present.add(user.id)
        await self._do_quietly(self._next_id(), user, "group join", {})

    async def _do_quietly(self, request_id: str, user: User, command: str, options: dict[str, str]) -> None:
        """A request whose answer nobody sees; a form that it asks for is sent back unchanged."""
        request = CommandRequest(request_id, user, _channel(None), command, options)
        answer = await self.core.handle(request)
        if isinstance(answer, Ask):
            form = answer.form
            values = {**options, **options_of(form)}
            again = replace(request, id=f"{request_id}:form", command=form.command, options=values, via=Via.FORM)
            await self.core.handle(again)

    def _meet(self, name: str) -> User:
        """The user of a name, under the name that they gave first."""
        user = user_of(name, self.zone.key)
        return replace(user, name=self._names.setdefault(user.id, user.name))

    def _show(self, kind: Kind, to: str, audience: Audience, body: Card | Form, file: Written | None = None) -> None:
        self.output.show(Message(kind, to, audience, self.now(), body, file))

    def _next_id(self) -> str:
        return f"console:{self._run}:{next(self._numbers)}"


def refusal(refused: Refused) -> Card:
    """What was wrong, and what would be right."""
    blocks: list[Block] = [Line(refusal_text(refused))]
    if refused.example:
        blocks.append(Note(("For example: ", Code(refused.example))))
    return Card("", tuple(blocks), Tone.WRONG)


def _channel(room: str | None) -> Channel:
    return Channel(PLATFORM, "", room or ROOM, room or ROOM)
