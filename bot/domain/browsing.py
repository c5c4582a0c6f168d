"""How long somebody who looks at their page in a browser stays signed in (product rules, the pages)."""

from datetime import datetime, timedelta

LINK_LIFETIME = timedelta(minutes=10)
LINK_PATH = "/sign-in/"
"""The path of a link, in front of its token."""

SHORT_LIFETIME = timedelta(hours=12)
"""Of a session that ends with the browser: so long at most."""

LONG_LIFETIME = timedelta(days=30)
"""Of a session that was asked to stay, counted from when it was used last."""

NOTED_EVERY = timedelta(hours=1)
"""A session remembers when it was used last no more exactly than that, so that looking at a page writes nothing."""


def link_address(url: str, token: str) -> str:
    """Return the address of a link; `url` is that of all pages, without a slash at its end."""
    return f"{url}{LINK_PATH}{token}"


def ends_at(now: datetime, *, is_long: bool) -> datetime:
    """Return when a session that begins now ends, or one that stays and is used now."""
    return now + (LONG_LIFETIME if is_long else SHORT_LIFETIME)


def is_to_note(seen_at: datetime, now: datetime) -> bool:
    """Return True if it is time to remember that a session is used."""
    return now - seen_at >= NOTED_EVERY
