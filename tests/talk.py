"""Conversations in tests: people speak in channels or directly, press buttons by their labels and fill in forms.

What is said goes the whole way: a request, the dispatcher, a real SQLite file, and back as plain text.

    heard = await talk("ada", "/checkin 2h30")          # in the channel `console`
    heard = await talk("bo", "/progress", channel=None)  # in a direct message
    heard = await talk.press("ada", "Undo")              # on the newest card that she can see and that has it
    heard = await talk.fill("ada", time="2h")            # the form that was shown to them last
    talk.advance(days=3); talk.at("2026-02-01T10:00")
"""

import pickle
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count

from msgspec.structs import replace

from bot.chat.card import Button, Card, Facts, Line, Note
from bot.chat.codec import decode_address, decode_card
from bot.chat.delivery import ChannelAddress
from bot.chat.form import Form
from bot.chat.plain import plain, plain_form
from bot.chat.request import (
    Answer,
    Ask,
    Audience,
    Channel,
    CommandRequest,
    NamedChannel,
    Reply,
    Request,
    TextRequest,
    Upload,
    User,
    Via,
)
from bot.clock import StillClock
from bot.commands.registry import SPECS
from bot.commands.shared.handler import Job
from bot.commands.shared.membership import join_group
from bot.context import Defaults, Saving, context_for
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.workbench import Workbench
from bot.domain.group import Group
from bot.domain.person import Person
from bot.store import groups, people
from bot.store.database import Store
from bot.store.tx import Tx

MONDAY_MORNING = datetime(2026, 1, 5, 9, tzinfo=UTC)
HOME = "console"
DEFAULTS = Defaults(600, "UTC", pages_url="https://study.example.org")
NAMES_COMMAND = re.compile(rf"(?<![\w/])/({'|'.join({word for name in SPECS for word in name.split()[:1]})})\b")
_numbers = count(1)


def _plain_spans(answer: Answer) -> Iterator[str]:
    """Return the plain text of an answer; quotes and titles hold people's own words."""
    texts = [field.error for field in answer.form.fields] if isinstance(answer, Ask) else []
    for block in answer.card.blocks if isinstance(answer, Reply) else ():
        if isinstance(block, Line | Note):
            texts.append(block.text)
        if isinstance(block, Facts):
            texts += [fact.value for fact in block.facts]
    return (span for text in texts for span in text if isinstance(span, str))


class Heard(str):
    """An answer as plain text, with the answer itself and what tests like to ask about it."""

    answer: Answer

    @classmethod
    def of(cls, answer: Answer) -> "Heard":
        heard = cls(plain(answer.card) if isinstance(answer, Reply) else plain_form(answer.form))
        heard.answer = answer
        assert not any(map(NAMES_COMMAND.search, _plain_spans(answer))), f"words to type are Code: {heard}"
        return heard

    @property
    def card(self) -> Card:
        assert isinstance(self.answer, Reply), f"this is a form: {self}"
        return self.answer.card

    @property
    def form(self) -> Form:
        assert isinstance(self.answer, Ask), f"this is no form: {self}"
        return self.answer.form

    @property
    def is_form(self) -> bool:
        return isinstance(self.answer, Ask)

    @property
    def is_wrong(self) -> bool:
        """True for refused input: a refusal, or a form with errors under its fields."""
        return self.answer.is_wrong if isinstance(self.answer, Reply) else self.answer.form.has_errors

    @property
    def is_public(self) -> bool:
        return isinstance(self.answer, Reply) and self.answer.audience is Audience.PUBLIC

    @property
    def is_in_place(self) -> bool:
        return isinstance(self.answer, Reply) and self.answer.in_place

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.card.buttons()]

    def button(self, label: str) -> Button:
        return next(button for button in self.card.buttons() if button.label == label)


async def do_here(job: Job) -> object:
    """Do a job in this process, handed over and back as between two: starting one takes a third of a second."""
    outcome: object = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(job)).work()))
    return outcome


@dataclass
class Talk:
    """Several people who talk with the bot on one platform. Names are ids in lower case; “ada” is shown as “Ada”.

    `zones` says what the platform tells of somebody's zone (UTC unless it is named here; None: nothing);
    `managers` may manage the server and its channels, `starters` may start a group. Where an account is one on all of
    the platform, as on Discord, `servers` has the server of a channel, and `nicknames` by server and person what they
    are called there. `channels` are those that requests can name, by the words that name each.
    """

    store: Store
    clock: StillClock
    platform: str = "console"
    team: str = ""
    zones: dict[str, str | None] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    managers: set[str] = field(default_factory=set)
    starters: set[str] = field(default_factory=set)
    servers: dict[str | None, str] = field(default_factory=dict)
    nicknames: dict[tuple[str, str], str] = field(default_factory=dict)
    channels: dict[str, NamedChannel] = field(default_factory=dict)
    people: dict[str | None, int] = field(default_factory=dict)
    """How many people are in a channel, where the platform says so."""

    def __post_init__(self) -> None:
        self.core = Dispatcher(self.store, self.clock, DEFAULTS, workbench=Workbench(do_here))
        self._cards: list[tuple[str | None, Card]] = []
        self._forms: dict[str, Form] = {}

    async def __call__(self, who: str, words: str, *, channel: str | None = HOME, request_id: str = "") -> Heard:
        """Say a line, slash and all; `channel=None` is a direct message. A repeated `request_id` is a redelivery."""
        request = self.line(who, channel, request_id, words.removeprefix("/"))
        return await self._send(who, request)

    async def command(
        self, who: str, command: str, *, channel: str | None = HOME, request_id: str = "", **options: str
    ) -> Heard:
        """Give a command whose options are filled in already, as Discord sends them."""
        request = self.request(who, channel, request_id, Via.SLASH, command=command, options=options)
        return await self._send(who, request)

    async def hand_over(self, who: str, command: str, file: str, content: bytes, **options: str) -> Heard:
        """Give a command with a file, in the channel `console`."""
        request = self.request(who, HOME, "", Via.SLASH, command=command, options={"file": file, **options})
        return await self._send(who, replace(request, files={"file": Upload(file, content)}))

    async def press(self, who: str, label: str, *, channel: str | None = HOME, request_id: str = "") -> Heard:
        """Press the button of that label on the newest card that `who` can see and that has it.

        Cards are looked for among the answers, then among posts: never on somebody else's private answer or direct
        message, nor on a post that was dropped.
        """
        index, button = await self._find_button(who, label)
        request = self.request(who, channel, request_id, Via.BUTTON, command=button.command, options=button.options)
        heard = await self._send(who, request)
        if heard.is_in_place and index is not None:
            del self._cards[index]
        return heard

    async def fill(self, who: str, *, channel: str | None = HOME, request_id: str = "", **fields: str) -> Heard:
        """Answer the form that `who` was shown last; fields that are not named are sent as they stand."""
        form = self._forms[who]
        unknown = set(fields) - {field.name for field in form.fields}
        assert not unknown, f"the form has no {unknown}"
        filled = {field.name: fields.get(field.name, field.value) for field in form.fields}
        options = {**form.carried, **filled}
        request = self.request(who, channel, request_id, Via.FORM, command=form.command, options=options)
        return await self._send(who, request)

    def labels(self, who: str) -> list[str]:
        """Return the labels of the buttons on the answers that `who` can see, the newest answer first."""
        cards = (card for reader, card in reversed(self._cards) if reader in (None, who))
        return [button.label for card in cards for button in card.buttons()]

    def has_form(self, who: str) -> bool:
        """Return True if `who` was shown a form."""
        return who in self._forms

    def line(self, who: str, channel: str | None, request_id: str, words: str) -> TextRequest:
        """Return the request of a line that somebody types."""
        key, user = self._key(request_id), self.user(who, channel)
        return TextRequest(key, user, self._channel(channel), words, channels=self.channels)

    def request(
        self,
        who: str,
        channel: str | None,
        request_id: str,
        via: Via,
        command: str,
        options: dict[str, str] | None = None,
    ) -> CommandRequest:
        """Return the request of a command that somebody gives by name, by a button or by a form."""
        key, user = self._key(request_id), self.user(who, channel)
        return CommandRequest(key, user, self._channel(channel), command, options or {}, via, channels=self.channels)

    def _key(self, request_id: str) -> str:
        return request_id or f"request-{next(_numbers)}"

    def _channel(self, channel: str | None) -> Channel:
        team, people = self.servers.get(channel, self.team), self.people.get(channel, 0)
        return Channel(self.platform, team, channel, channel or "", people)

    def user(self, who: str, channel: str | None = None) -> User:
        may_manage = who in self.managers
        return User(
            self.platform,
            self.team,
            who,
            self.names.get(who, who.capitalize()),
            self.zones.get(who, "UTC"),
            may_manage,
            may_manage or who in self.starters,
            self.nicknames.get((self.servers.get(channel, ""), who), ""),
        )

    def advance(self, **span: float) -> None:
        """Let time pass: `advance(days=3)`."""
        self.clock.advance(timedelta(**span))

    def at(self, iso: str) -> None:
        """Set the clock to an instant of UTC: `at("2026-02-01T10:00")`."""
        self.clock.move_to(datetime.fromisoformat(iso).replace(tzinfo=UTC))

    async def start_group(
        self, channel: str = HOME, *, name: str = "", zone: str = "UTC", goal: int = 600, members: Iterable[str] = ()
    ) -> Group:
        """Put a group of a channel into the database directly."""
        now = self.clock.now()
        home = self._channel(channel)
        group = await self.store.write(lambda tx: groups.add(tx, home, name or channel, zone, goal, now))
        await self.join(*members, channel=channel)
        return group

    async def join(self, *names: str, channel: str = HOME) -> None:
        """Make people members of a channel's group, in the database directly."""
        for name in names:
            await self.store.write(partial(self._join, self.line(name, channel, "", "group join")))

    async def person(self, who: str) -> Person:
        """Return the person, who must be known."""
        person = await self.store.read(lambda tx: people.find(tx, self.user(who)))
        assert person is not None, f"{who} is not known yet"
        return person

    async def posts(self, channel: str | None = HOME, *, user: str | None = None) -> list[Heard]:
        """Return the posts to a channel (or, with `channel=None`, to one person directly), oldest first."""
        cards = await self.store.read(lambda tx: self._cards_to(tx, channel, user))
        return [Heard.of(Reply(card, Audience.PUBLIC if user is None else Audience.PRIVATE)) for card in cards]

    async def rows(self, sql: str, **params: object) -> list[tuple[object, ...]]:
        """Return rows of the database, for what no command shows."""
        return await self.store.read(lambda tx: [tuple(row) for row in tx.all(sql, **params)])

    def _join(self, request: Request, tx: Tx) -> None:
        context = context_for(tx, request, SPECS, DEFAULTS, self.clock.now(), Saving.ANYONE)
        assert context is not None
        assert context.group is not None, "there is no group in that channel"
        join_group(context, context.group)

    def _cards_to(self, tx: Tx, channel: str | None, user: str | None) -> list[Card]:
        rows = tx.all(
            """SELECT card FROM outbox WHERE json_extract(address, '$.channel') IS :channel
               AND json_extract(address, '$.user') IS :user ORDER BY rowid""",
            channel=channel,
            user=user,
        )
        return [decode_card(row[0]) for row in rows]

    async def _send(self, who: str, request: Request) -> Heard:
        heard = Heard.of(await self.core.handle(request))
        if heard.is_form:
            self._forms[who] = heard.form
        else:
            self._cards.append((None if heard.is_public else who, heard.card))
        return heard

    async def _find_button(self, who: str, label: str) -> tuple[int | None, Button]:
        """Return the newest button of that label that `who` can see; with the index of its answer, if it is on one."""
        for index, (reader, card) in reversed(list(enumerate(self._cards))):
            button = _button_of(card, label) if reader in (None, who) else None
            if button is not None:
                return index, button
        posts = await self.rows("SELECT address, card FROM outbox WHERE state <> 'dropped' ORDER BY rowid DESC")
        for address, encoded_card in posts:
            card = decode_card(str(encoded_card))
            button = _button_of(card, label) if self._can_read(who, str(address)) else None
            if button is not None:
                return None, button
        raise AssertionError(f"{who} sees no button “{label}”")

    def _can_read(self, who: str, stored_address: str) -> bool:
        """Return True for a post to a channel, and for a direct message to `who`."""
        address = decode_address(stored_address)
        return isinstance(address, ChannelAddress) or (address.platform, address.user) == (self.platform, who)


def _button_of(card: Card, label: str) -> Button | None:
    return next((button for button in card.buttons() if button.label == label), None)
