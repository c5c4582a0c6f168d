"""A command as data: name, summary, typed options. Native commands, text, forms, buttons and help come from it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

from msgspec import Struct

from bot.chat.form import Choice
from bot.errors import Refused

T = TypeVar("T")


class OptionKind(StrEnum):
    """The type of an option; an adapter maps it to its nearest native type, and completes it where the core does.

    The words of a `FILE` are its name (in a terminal its path); its content comes in `Request.files`. Those of a
    `CHANNEL` are its platform's own way to name it; which channel that is comes in `Request.channels`.
    """

    DURATION = "duration"
    DAY = "day"
    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    CHOICE = "choice"
    AREA = "area"
    ZONE = "zone"
    MEMBER = "member"
    CHECKIN = "checkin"
    MOMENT = "moment"
    PERIOD = "period"
    FILE = "file"
    CHANNEL = "channel"

    @property
    def is_free(self) -> bool:
        """True if any words at all can be read as it, so that it takes what the other options of a line leave."""
        return self in (OptionKind.TEXT, OptionKind.LONG)

    @property
    def takes_all(self) -> bool:
        """True if it takes all words of a line that no name claims: those of a path, or of a name."""
        return self in (OptionKind.FILE, OptionKind.MEMBER, OptionKind.CHANNEL)

    @property
    def is_suggested(self) -> bool:
        """True if `Core.suggest` completes it."""
        return self in (OptionKind.AREA, OptionKind.ZONE, OptionKind.CHECKIN, OptionKind.DAY)


@dataclass(frozen=True, slots=True)
class Reading:
    """The context in which words are read: the local day of the one who types, and the areas of the group.

    `past_areas` are all that the person has ever studied. `at` is the instant and `zone_name` the zone of the group
    there, for choices that a form offers by the clock. `known` remembers what was read already, for the grammar tries
    the same words several times.
    """

    today: date
    areas: Sequence[str] = ()
    past_areas: Sequence[str] = ()
    at: datetime | None = None
    zone_name: str = ""
    known: dict[tuple[str, str], tuple[Any, Refused | None]] = field(default_factory=dict, compare=False, repr=False)


class Beside(NamedTuple):
    """The words of a text that stand next to a value, in small letters; empty where there is none."""

    before: str
    after: str


class Option(Struct, Generic[T], frozen=True):
    """One typed option. `read` turns words into a value or raises `Refused`; nobody types hidden options.

    Buttons fill these, and a form those that have a question.

    `also` are other names for it, with commas between them. The name of one that `is_verb` needs no colon where a line
    begins with it: "add Physics". One that `is_named` is never filled by its place, for what nobody should do by
    accident: "bo" alone does not remove bo. `is_loose` says of words that it can read whether they may as well be part
    of a text that stands beside them: "20" in front of "exercises". Where it is named but has that, what is not loose
    is taken by its place too.

    A form asks its `question` (the summary unless it has one) and says in the `description` what becomes of the answer;
    the `hint` is one example. `offer` makes the choices that a form shows, where they depend on who is asked, and when.
    """

    name: str
    kind: OptionKind
    summary: str
    read: Callable[[str, Reading], T]
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    longest: int = 200
    is_required: bool = False
    is_hidden: bool = False
    is_in_form: bool = True
    is_verb: bool = False
    is_named: bool = False
    question: str = ""
    description: str = ""
    offer: Callable[[Reading], tuple[Choice, ...]] | None = None
    also: str = ""
    is_loose: Callable[[str, Beside, Reading], bool] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and the others, in small letters."""
        return _names(self.name, self.also)

    def value(self, words: str, reading: Reading) -> T:
        """Return the value of `words`. Raises the `Refused` of the reader."""
        value, refused = self._read_once(words, reading)
        if refused is not None:
            raise refused
        return value

    def reads(self, words: str, reading: Reading) -> bool:
        """Return True if `words` can be read as a value."""
        return self._read_once(words, reading)[1] is None

    def refusal(self, words: str, reading: Reading) -> Refused | None:
        """Return why `words` cannot be read as a value; None if they can."""
        return self._read_once(words, reading)[1]

    def _read_once(self, words: str, reading: Reading) -> tuple[T, Refused | None]:
        key = (self.name, words)
        if key not in reading.known:
            try:
                reading.known[key] = (self.read(words, reading), None)
            except Refused as refused:
                reading.known[key] = (None, refused)
        return reading.known[key]


@lru_cache(maxsize=256)
def _names(name: str, also: str) -> tuple[str, ...]:
    return (name, *(other for other in also.split(", ") if other))


class Given:
    """Options that were given, read and typed: `given[TIME]` is a `Minutes | None` to the type checker too.

    `raw` has the words of each.
    """

    def __init__(self, values: Mapping[str, Any], raw: Mapping[str, str]) -> None:
        self._values = dict(values)
        self.raw = dict(raw)

    def __getitem__(self, option: Option[T]) -> T | None:
        value: T | None = self._values.get(option.name)
        return value

    @property
    def values(self) -> Mapping[str, Any]:
        """All values, by the names of their options."""
        return self._values

    def need(self, option: Option[T]) -> T:
        """Return the value of a required option, which the dispatcher has asked for. Raises `KeyError` without it."""
        value: T = self._values[option.name]
        return value

    def __bool__(self) -> bool:
        return bool(self._values)


@dataclass(frozen=True)
class Spec:
    """A command as it looks from outside. Two words in a name are a command and its subcommand.

    `group` names the heading under which the guide lists it; `shows_form` says that its form comes,
    filled in, where none of its fields was given; `is_read_only` that it writes nothing;
    `is_button_only` that no one types it: adapters and the guide leave it out; `is_for_known` that it makes nobody
    known who was not; `needs_posting` that the bot has to be able to post in the channel once it was run there;
    `needs_pages` that it is there only where pages are served;
    `also` are other words by which people look for it: they are no commands, but propose it; `verb` is what a button
    that proposes it says; `typed_as` is the command that does the same as a form that nobody types.
    """

    name: str
    summary: str
    options: tuple[Option[Any], ...] = ()
    group: str = ""
    title: str = ""
    submit: str = "Send"
    is_read_only: bool = False
    is_button_only: bool = False
    also: str = ""
    is_for_known: bool = False
    shows_form: bool = False
    needs_posting: bool = False
    needs_pages: bool = False
    examples: tuple[str, ...] = field(default=())
    verb: str = ""
    typed_as: str = ""

    @property
    def typed_name(self) -> str:
        """The name by which people type it; "" where they do not."""
        return self.typed_as if self.is_button_only else self.name

    def option(self, name: str) -> Option[Any] | None:
        """Return the option of that name, be it hidden, or None."""
        return next((option for option in self.options if option.name == name), None)

    @cached_property
    def visible(self) -> tuple[Option[Any], ...]:
        """The options that people can type."""
        return tuple(option for option in self.options if not option.is_hidden)

    @cached_property
    def form_fields(self) -> tuple[Option[Any], ...]:
        """The options that its form asks for."""
        return tuple(
            option for option in self.options if option.is_in_form and (option.question or not option.is_hidden)
        )

    def missing(self, raw: Mapping[str, str]) -> Iterator[Option[Any]]:
        """Yield the required options that were not given."""
        return (option for option in self.options if option.is_required and not raw.get(option.name, "").strip())

    def needs_form(self, raw: Mapping[str, str]) -> bool:
        """Return True if a form has to come first; known before any work starts."""
        filled = any(raw.get(option.name, "").strip() for option in self.form_fields)
        return any(True for _ in self.missing(raw)) or (self.shows_form and not filled)
