"""A core that answers as it is told and remembers what it was asked: adapters are tested against it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from msgspec.structs import replace

from bot.adapter.http import TooLarge
from bot.adapter.pages import Feed, LinkOwner, PersonalData, SignInClient, Viewer
from bot.chat.card import Card, Line
from bot.chat.command import Option, OptionKind, Reading, Spec
from bot.chat.events import Event
from bot.chat.form import Choice, Form
from bot.chat.refusal import refusal_text, too_large
from bot.chat.request import (
    UPLOAD_BYTES,
    Answer,
    Ask,
    Channel,
    CommandRequest,
    OfferedFile,
    Reply,
    Request,
    Server,
    TextRequest,
    Upload,
    User,
    Via,
)
from bot.errors import Refused

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)


def _as_it_is(text: str, _reading: Reading) -> str:
    return text


def option(name: str, kind: OptionKind = OptionKind.TEXT, *, is_required: bool = False) -> Option[str]:
    return Option(name, kind, f"the {name}", _as_it_is, hint=f"a {name}", is_required=is_required)


CHECKIN = Spec(
    "checkin",
    "log time that you studied",
    (
        option("time", OptionKind.DURATION, is_required=True),
        option("area", OptionKind.AREA),
        option("learned", OptionKind.LONG),
        option("day", OptionKind.DAY),
    ),
    group="Every day",
    title="Check in",
)
PROGRESS = Spec(
    "progress", "this week and more", (option("member", OptionKind.MEMBER),), group="Every day", is_read_only=True
)
PERIODS = Option(
    "period",
    OptionKind.CHOICE,
    "which weeks",
    _as_it_is,
    choices=(Choice("this week", "week"), Choice("last week", "last")),
)
LEADERBOARD = Spec("leaderboard", "who stands where", (PERIODS,), group="Every day", is_read_only=True)
TIMER_START = Spec("timer start", "start the clock", (option("area", OptionKind.AREA),), group="Every day")
TIMER_STOP = Spec("timer stop", "stop it and log", group="Every day")
JOIN = Spec("group join", "join the group here", group="Groups")
SPECS = (CHECKIN, PROGRESS, LEADERBOARD, TIMER_START, TIMER_STOP, JOIN)


class FakeMemory:
    """A memory that lives as long as the test."""

    def __init__(self) -> None:
        self.saved: dict[str, str] = {}
        self.turns: dict[str, float] = {}

    async def recall(self, key: str) -> str | None:
        return self.saved.get(key)

    async def remember(self, key: str, value: str) -> None:
        self.saved[key] = value

    async def forget(self, key: str) -> None:
        self.saved.pop(key, None)

    async def list_keys(self, prefix: str) -> list[str]:
        return sorted(key for key in self.saved if key.startswith(prefix))

    async def take_turn(self, key: str, seconds: float) -> float:
        now = asyncio.get_running_loop().time()
        turn_at = max(now, self.turns.get(key, now - seconds) + seconds)
        self.turns[key] = turn_at
        return turn_at - now


@dataclass(frozen=True)
class Asked:
    """A request of either kind, as tests like to look at it: `words` is "" where a command was named."""

    id: str
    user: User
    channel: Channel
    command: str
    options: dict[str, str]
    words: str
    via: Via
    files: dict[str, Upload]

    @classmethod
    def of(cls, request: Request, drafts: dict[str, tuple[str, dict[str, str]]]) -> "Asked":
        match request:
            case TextRequest(words=words):
                command, options = "", dict[str, str]()
            case CommandRequest(command=name):
                words = ""
                command, options = drafts.get(name, (name, {}))
        options = {**options, **request.options}
        return cls(request.id, request.user, request.channel, command, options, words, request.via, request.files)


def _filled(form: Form, options: dict[str, str]) -> Form:
    fields = tuple(replace(field, value=options.get(field.name, "")) for field in form.fields)
    names = {field.name for field in fields}
    return replace(form, fields=fields, carried={name: text for name, text in options.items() if name not in names})


async def fetch(file: OfferedFile) -> bytes:
    """Fetch a file as the core does, however large it was announced."""
    try:
        return await file.fetch(UPLOAD_BYTES)
    except TooLarge:
        raise too_large() from None


class FakePages:
    """What an adapter for pages may ask; `viewers` are signed in, by their tokens."""

    def __init__(self) -> None:
        self.url = "http://127.0.0.1:8090"
        self.sign_in_clients: dict[str, SignInClient] = {}
        self.links: dict[str, LinkOwner] = {}
        self.known: dict[tuple[str, str, str], str] = {}
        self.viewers: dict[str, Viewer] = {}
        self.outcomes: dict[int, Answer | None] = {}
        self.data = PersonalData((), None)
        self.feeds: dict[str, Feed] = {}

    async def make_link(self, user: User) -> str | None:
        name = self.known.get((user.platform, user.team, user.id))
        if name is None:
            return None
        token = f"link-{len(self.links)}-{user.id}"
        self.links[token] = LinkOwner(replace(user, name=name), NOW)
        return f"{self.url}/sign-in/{token}"

    async def find_link(self, token: str) -> LinkOwner | None:
        return self.links.get(token)

    async def sign_in(self, token: str, device: str, *, is_long: bool, former: str) -> str | None:
        owner = self.links.pop(token, None)
        if owner is None:
            return None
        self.viewers.pop(former, None)
        session = len(self.viewers) + 1
        self.viewers[f"session-{token}"] = Viewer(owner.user, session, session, is_long=is_long)
        return f"session-{token}"

    async def find_viewer(self, token: str) -> Viewer | None:
        viewer = self.viewers.get(token)
        return None if viewer is None else replace(viewer, outcome=self.outcomes.get(viewer.session))

    async def set_outcome(self, viewer: Viewer, outcome: Answer | None) -> None:
        self.outcomes[viewer.session] = outcome

    async def sign_out(self, token: str) -> None:
        self.viewers.pop(token, None)

    async def sign_out_everywhere(self, viewer: Viewer) -> None:
        self.viewers = {token: other for token, other in self.viewers.items() if other.person != viewer.person}

    async def end_session(self, viewer: Viewer, session: int) -> None:
        self.viewers = {token: other for token, other in self.viewers.items() if other.session != session}

    async def list_personal_data(self, viewer: Viewer) -> PersonalData:
        return self.data

    async def renew_feed(self, viewer: Viewer) -> str:
        self.feeds = {"feed-token": Feed((), ())}
        return "feed-token"

    async def end_feed(self, viewer: Viewer) -> None:
        self.feeds = {}

    async def find_feed(self, token: str) -> Feed | None:
        return self.feeds.get(token)


class FakeCore:
    """`answers` are given out in turn, then `otherwise`; `requests` holds what came, drafts unsealed.

    A button of a draft opens the form that was shown last for its command, filled in.
    """

    def __init__(self) -> None:
        self.commands: Sequence[Spec] = SPECS
        self.memory = FakeMemory()
        self.pages = FakePages()
        self.instant = NOW
        self.answers: list[Answer] = []
        self.otherwise: Answer = Reply(Card("Done"))
        self.requests: list[Asked] = []
        self.looks: list[CommandRequest] = []
        self.events: list[Event] = []
        self.group_members: dict[str, list[str]] = {}
        self.group_channels: list[str] = []
        self.drafts: dict[str, tuple[str, dict[str, str]]] = {}
        self.forms: dict[str, Form] = {}
        self.is_serving = True
        self.choices = [Choice("Mathematics", "Mathematics"), Choice("Statistics", "Statistics")]

    @property
    def last(self) -> Asked:
        return self.requests[-1]

    @property
    def today(self) -> date:
        return self.instant.date()

    def now(self) -> datetime:
        return self.instant

    def may_post(self, platform: str) -> bool:
        return self.is_serving

    async def handle(self, request: Request) -> Answer:
        if isinstance(request, CommandRequest) and request.offered:
            try:
                files = {name: Upload(file.name, await fetch(file)) for name, file in request.offered.items()}
            except Refused as refused:
                return Reply(Card("", (Line(refusal_text(refused)),)), is_wrong=True)
            request = replace(request, files=files, offered={})
        self.requests.append(Asked.of(request, self.drafts))
        if isinstance(request, CommandRequest) and request.via is Via.BUTTON and request.command in self.drafts:
            command, options = self.drafts[request.command]
            return Ask(_filled(self.forms[command], options))
        answer = self.answers.pop(0) if self.answers else self.otherwise
        if isinstance(answer, Ask):
            self.forms[answer.form.command] = answer.form
        return answer

    async def look(self, requests: Sequence[CommandRequest]) -> list[Answer]:
        self.looks += requests
        return [Reply(Card("A page")) for _ in requests]

    async def draft(self, user: User, command: str, options: dict[str, str]) -> str:
        name = f"~{len(self.drafts) + 1}"
        self.drafts[name] = (command, options)
        return name

    async def suggest(self, request: CommandRequest, option: str, typed: str) -> list[Choice]:
        return [choice for choice in self.choices if choice.label.casefold().startswith(typed.casefold())]

    async def list_group_channels(self, server: Server) -> list[str]:
        return self.group_channels

    async def list_group_members(self, server: Server) -> list[str]:
        return self.group_members.get(server.team, [])

    async def happened(self, event: Event) -> None:
        self.events.append(event)
