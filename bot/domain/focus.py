"""The focus: one thing at a time, with an end that the member defines, and an honest word at that end."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.duration import HOUR, Bounds, Minutes, read_length
from bot.domain.names import clean, quoted, read_text
from bot.domain.pattern import compile_on_use
from bot.domain.week import Week
from bot.errors import Refused

TITLE_LIMIT = 80
DONE_LIMIT = 500
EXPLANATION_LIMIT = 3000
LINK_LIMIT = 500
ESTIMATE_AT_MOST = Minutes(10_000 * HOUR)
EXAMPLE = "80"
LINK_EXAMPLE = "https://example.org/notes"

OF_A_FOCUS = Bounds(
    HOUR,
    ESTIMATE_AT_MOST,
    "an estimate is 1 to 10,000 hours",
    "an estimate is 1 to 10,000 hours",
    ESTIMATE_AT_MOST // HOUR,
    takes_bare_minutes=False,
    noun="hours",
    name="a number of hours",
    example=EXAMPLE,
)
_LABEL = r"""[^\s/?#@:.\[\]<>"|\\`]+"""
_LINK = compile_on_use(
    rf"""(https?)(://{_LABEL}(?:\.{_LABEL})*\.?(?::[0-9]{{1,5}})?(?:[/?#][^\s<>"|\\`]*)?)""", re.IGNORECASE
)
_HOST_FIRST = compile_on_use(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:[/?#:].*)?", re.IGNORECASE)


class FocusOutcome(StrEnum):
    """The end of a focus."""

    FINISHED = "finished"
    SET_ASIDE = "set aside"


@dataclass(frozen=True, slots=True)
class FocusPlan:
    """A focus as its member describes it at the start: the title, an estimate, and what “done” will mean."""

    title: str
    estimate: Minutes | None = None
    done: str | None = None


@dataclass(frozen=True, slots=True)
class Focus:
    """A stored focus; `number` counts the person's own, `minutes` is the sum of its valid check-ins."""

    id: int
    number: int
    plan: FocusPlan
    minutes: int
    started_at: datetime
    ended_at: datetime | None = None
    outcome: FocusOutcome | None = None
    explanation: str | None = None
    link: str | None = None

    @property
    def title(self) -> str:
        """The title of the plan."""
        return self.plan.title

    def weeks(self, zone: ZoneInfo, now: datetime) -> int:
        """Count the calendar weeks that it has touched until its end, else until `now`: 1 in the week of its start."""
        first, last = (Week.of(at.astimezone(zone).date()) for at in (self.started_at, self.ended_at or now))
        return max(1, last.number - first.number + 1)


def read_title(text: str) -> str:
    """Return the title of a focus; raises Refused if it is empty or longer than 80 characters."""
    return read_text(text, TITLE_LIMIT, "title", required=True)


def read_done(text: str) -> str:
    """Return what “done” will mean; raises Refused if it is longer than 500 characters."""
    return read_text(text, DONE_LIMIT, "meaning of done", multiline=True)


def read_explanation(text: str) -> str:
    """Return an explanation from first principles; raises Refused if it is empty or longer than 3,000 characters."""
    return read_text(text, EXPLANATION_LIMIT, "explanation", required=True, multiline=True)


def read_estimate(text: str) -> Minutes:
    """Return the minutes of `80`, `about 80 h` or `7,5 hours`: 1 to 10,000 hours; raises `Refused` like a time."""
    return read_length(text, OF_A_FOCUS)


def read_link(text: str) -> str:
    """Return a web address; one that begins with its host gets `https://` before it.

    Raises Refused for anything else.
    """
    if len(text) > LINK_LIMIT:
        raise Refused(f"That address has {len(text):,} characters; {LINK_LIMIT} fit.", LINK_EXAMPLE)
    address = clean(text, LINK_LIMIT)
    if _HOST_FIRST.fullmatch(address):
        address = f"https://{address}"
    match = _LINK.fullmatch(address)
    if match is None:
        raise Refused(f"I can't read {quoted(text)} as a web address.", LINK_EXAMPLE)
    return match[1].lower() + match[2]
