"""The object that a package brings for its platform, and that its entry point names.

    [project.entry-points."tenhours.adapters"]
    matrix = "tenhours_matrix:PLUGIN"

The entry point's name is the platform's, and that of its section in the settings.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Generic, TypeVar

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import force_setattr

from bot.adapter import Adapter, AskingAdapter, Core, Memory
from bot.adapter.pages import SignInClient
from bot.adapter.setup import PlatformSetup
from bot.chat.command import Spec

Secret = Annotated[str, Meta(extra={"secret": True})]
"""The type of a setting that nobody may see: it can be the name of a file, and is cut out of errors and logs."""

PartlySecret = Annotated[str, Meta(extra={"partly_secret": True})]
"""The type of a setting that may have a secret in it, as a URL has a password: it can be the name of a file, too."""


class AdapterSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """A platform's section of the settings; its fields are the keys, with their types and defaults."""

    def __post_init__(self) -> None:
        """Drop white space around texts: it comes along with what is copied from a web page or a file."""
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, str):
                force_setattr(self, name, value.strip())

    @property
    def is_configured(self) -> bool:
        """Return True if `tenhours run` is to serve the platform: unless said otherwise, once there is a section."""
        return True

    @property
    def only_asks(self) -> bool:
        """Return True if nothing is posted by it: then each process serves it, and none goes on for it alone."""
        return False

    @property
    def pages_url(self) -> str:
        """The address at which it serves pages, without a slash at its end; "" where it serves none."""
        return ""

    @property
    def sign_in_client(self) -> SignInClient | None:
        """What the platform knows the program by where people sign in elsewhere with their accounts, if it is set."""
        return None


S = TypeVar("S", bound=AdapterSettings)


class Verb(Struct, Generic[S], frozen=True):
    """A command-line verb that an adapter brings (`discord invite`): from its settings to what is printed."""

    name: str
    summary: str
    run: Callable[[S, Sequence[Spec]], Awaitable[str]]


class MemoryVerb(Struct, Generic[S], frozen=True):
    """A command-line verb that works on what the adapter remembers (`slack rotate`), in the configured database."""

    name: str
    summary: str
    run: Callable[[S, Memory], Awaitable[str]]


class Plugin(Struct, Generic[S], frozen=True):
    """A platform's adapter, its settings, its verbs and its part of `tenhours setup`.

    It is loaded at every start, whatever is typed: what is slow to import is imported by `create` and by the verbs.
    On the command line people are named as `platform:ID`, or as `platform:TEAM:ID` where it `has_teams`; one without
    `has_people` has no accounts of its own. `setup` makes its part of `tenhours setup` from the commands; without it
    the platform is set up by hand.
    """

    create: Callable[[S, Core], Adapter | AskingAdapter]
    settings: type[S]
    verbs: tuple[Verb[S] | MemoryVerb[S], ...] = ()
    has_teams: bool = False
    has_people: bool = True
    setup: Callable[[Sequence[Spec]], PlatformSetup[S]] | None = None


def secret_keys(kind: type[Struct]) -> frozenset[str]:
    """Return the keys of a section that are secrets."""
    return frozenset(field.name for field in msgspec.structs.fields(kind) if field.type == Secret)


def file_keys(kind: type[Struct]) -> frozenset[str]:
    """Return the keys of a section that can also be given as the name of a file."""
    return frozenset(field.name for field in msgspec.structs.fields(kind) if field.type in (Secret, PartlySecret))
