"""The border for pages: who is signed in where, the links that lead there, and what a calendar shows.

An adapter that serves pages keeps none of it: it brings tokens, of which the core stores hashes alone.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from msgspec import Struct

from bot.chat.request import Answer, User


class SignInClient(Struct, frozen=True):
    """What a platform knows the program by where people sign in with their accounts (OAuth2)."""

    client_id: str
    client_secret: str


class LinkOwner(Struct, frozen=True):
    """Whose page a link opens, by which account, and until when."""

    user: User
    expires_at: datetime


class PageGroup(Struct, frozen=True):
    """A group that has a page for somebody: `is_organised` by them, and of which they are a member or not."""

    id: int
    name: str
    is_member: bool
    is_organised: bool


class Viewer(Struct, frozen=True):
    """Who is behind a session now. `user` is the account by which they signed in, under the name stored for it.

    `person` and `session` are the core's own numbers, `zone` is the time zone that the person lives in. `outcome` is
    the answer to what they sent last, to be shown once.
    A session that `is_long` goes on until it is not used for a month; `is_renewed` says that it was, just now.
    """

    user: User
    person: int
    session: int
    groups: tuple[PageGroup, ...] = ()
    outcome: Answer | None = None
    is_long: bool = False
    is_renewed: bool = False
    zone: str = "UTC"


class OpenSession(Struct, frozen=True):
    """A browser in which somebody is signed in."""

    id: int
    device: str
    made_at: datetime
    seen_at: datetime
    is_long: bool


class PersonalData(Struct, frozen=True):
    """Where somebody is signed in, and when their calendar got its address (None: it has none)."""

    sessions: Sequence[OpenSession]
    feed_made_at: datetime | None


class FeedPost(Struct, frozen=True):
    """A post of a group that is to come: `key` is its own for ever."""

    key: str
    title: str
    at: datetime


class Feed(Struct, frozen=True):
    """What a person's calendar shows: the Mondays of kept weeks, and coming posts of their groups."""

    kept_weeks: Sequence[date]
    posts: Sequence[FeedPost]


class Pages(Protocol):
    """All that is kept for pages. A token that opens nothing any more is like one that never was."""

    @property
    def url(self) -> str:
        """The address at which pages are served, without a slash at its end; "" where none are."""
        ...

    @property
    def sign_in_clients(self) -> Mapping[str, SignInClient]:
        """By platform what the program is known by where people sign in with their accounts."""
        ...

    async def make_link(self, user: User) -> str | None:
        """Return the address of a link that opens the page of an account once; None for somebody unknown."""
        ...

    async def find_link(self, token: str) -> LinkOwner | None:
        """Return whose page a link opens, and leave it as it is."""
        ...

    async def sign_in(self, token: str, device: str, *, is_long: bool, former: str) -> str | None:
        """Use up a link, end the `former` session of this browser ("": none), and return the token of a new one."""
        ...

    async def find_viewer(self, token: str) -> Viewer | None:
        """Return who is behind a session, with the groups that they are in or organise now."""
        ...

    async def set_outcome(self, viewer: Viewer, outcome: Answer | None) -> None:
        """Save the answer that is shown with the next page; None once it was shown."""
        ...

    async def sign_out(self, token: str) -> None:
        """End a session."""
        ...

    async def sign_out_everywhere(self, viewer: Viewer) -> None:
        """End all sessions of a person, and their links."""
        ...

    async def end_session(self, viewer: Viewer, session: int) -> None:
        """End one session of the person; of others none."""
        ...

    async def list_personal_data(self, viewer: Viewer) -> PersonalData:
        """Return where the person is signed in, and whether they have a calendar."""
        ...

    async def renew_feed(self, viewer: Viewer) -> str:
        """Return the token of the person's calendar, which is from now on the only one."""
        ...

    async def end_feed(self, viewer: Viewer) -> None:
        """Let nobody see the person's calendar any more."""
        ...

    async def find_feed(self, token: str) -> Feed | None:
        """Return what the calendar of a token shows."""
        ...
