"""Requests and answers: `Request = TextRequest | CommandRequest`, and `Answer = Reply | Ask`."""

from collections.abc import Awaitable, Callable
from enum import StrEnum

from msgspec import Struct, field

from bot.chat.card import Card
from bot.chat.form import Form
from bot.chat.page import Section


class Via(StrEnum):
    """The way in which a request was made."""

    SLASH = "slash"
    TEXT = "text"
    BUTTON = "button"
    FORM = "form"


class Audience(StrEnum):
    """The readers of an answer."""

    PRIVATE = "private"
    PUBLIC = "public"


class User(Struct, frozen=True):
    """The one who speaks, as the platform knows them at this moment.

    `team` is the Slack workspace ("" elsewhere); `name` that of the account; `zone` an IANA name if the platform tells
    it; `may_organise` and `may_start` are the platform's own permissions (manage the server; manage the channel), asked
    anew each time; `nickname` is what the server where they speak calls them ("" where it calls them by `name`).
    """

    platform: str
    team: str
    id: str
    name: str
    zone: str | None = None
    may_organise: bool = False
    may_start: bool = False
    nickname: str = ""


class Server(Struct, frozen=True):
    """A server on Discord, a workspace on Slack: `team` is its id."""

    platform: str
    team: str


class Channel(Struct, frozen=True):
    """The place of a request: `id` is None in a direct message, `team` the server or workspace.

    `people` is how many are in it, where the platform says so to a command that opens it to them; 0 elsewhere.
    """

    platform: str
    team: str
    id: str | None
    name: str = ""
    people: int = 0

    @property
    def is_direct(self) -> bool:
        """True if nobody but the person and the bot can read it."""
        return self.id is None


class NamedChannel(Struct, frozen=True):
    """A channel that a request names, as its platform knows it.

    `advice` is a sentence, in parts, on what has to be done before the bot can post there; empty where nothing has.
    `is_public` says that every member of its server or workspace may read it.
    """

    channel: Channel
    advice: tuple[str, ...] = ()
    is_public: bool = False


UPLOAD_BYTES = 4 * 1024**2
"""The most that a file has which is taken from a member, on every platform."""


class Upload(Struct, frozen=True):
    """A file that a member hands over with a request."""

    name: str
    content: bytes


class OfferedFile(Struct, frozen=True):
    """A file that still lies at the platform; `size` in bytes as it is announced, 0 where it is not.

    `fetch` returns its bytes, at most as many as it is told, and raises `TooLarge` beyond them, or `Refused`. The core
    calls it for a command that takes a file, once it is this person's turn.
    """

    name: str
    size: int
    fetch: Callable[[int], Awaitable[bytes]]


class Attachment(Struct, frozen=True):
    """A file that goes out with an answer, for the one who asked alone."""

    name: str
    media_type: str
    content: bytes


class TextRequest(Struct, frozen=True):
    """A line as it was typed, command first, without the slash.

    `id` is the platform's own: the key by which a redelivery is recognised. `files` holds what was handed over, by the
    option that names it, `channels` the channels that it names, by the words that name each.
    """

    id: str
    user: User
    channel: Channel
    words: str
    files: dict[str, Upload] = field(default_factory=dict)
    channels: dict[str, NamedChannel] = field(default_factory=dict)

    @property
    def via(self) -> Via:
        """The way in which it was made: always by text."""
        return Via.TEXT

    @property
    def options(self) -> dict[str, str]:
        """The options filled in: none before the line is read."""
        return {}

    @property
    def opens_form(self) -> bool:
        """True if it asks for a form: a typed line never does."""
        return False


class CommandRequest(Struct, frozen=True):
    """A command by its name, with options filled in: a native command, a button that was pressed, a form that was sent.

    `id`, `files` and `channels` as in `TextRequest`; `offered` are files that the core has to fetch first. `opens_form`
    asks for the command's form, filled in with the options.
    """

    id: str
    user: User
    channel: Channel
    command: str
    options: dict[str, str] = field(default_factory=dict)
    via: Via = Via.SLASH
    files: dict[str, Upload] = field(default_factory=dict)
    opens_form: bool = False
    channels: dict[str, NamedChannel] = field(default_factory=dict)
    offered: dict[str, OfferedFile] = field(default_factory=dict)


Request = TextRequest | CommandRequest


class Reply(Struct, frozen=True, tag="reply"):
    """A card to show. `in_place` replaces the message whose button was pressed; `is_wrong` marks refused input.

    Only commands that write nothing answer with an `attachment`: their answers are not stored. Nor is one that
    `is_secret`: whoever asks again gets another. `sections` are a whole page, for whom has room for one; the card says
    then what it is.
    """

    card: Card
    audience: Audience = Audience.PRIVATE
    in_place: bool = False
    is_wrong: bool = False
    attachment: Attachment | None = None
    sections: tuple[Section, ...] = ()
    is_secret: bool = False


class Ask(Struct, frozen=True, tag="ask"):
    """A form to show; it comes back as a new request."""

    form: Form


Answer = Reply | Ask
