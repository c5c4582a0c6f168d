"""The cases of `cases.tsv`: what people type, and what a careful friend would understand.

A line holds a clock, what was said before (separated by " ; "), what is typed, and what comes of it; lines with `##`
begin a kind, those with `#` are remarks. What comes of it is one of these, alternatives separated by " OR ":

  logged MINUTES DAY [area=X] [learned=Y]   one check-in is new, or changed, and stands so
  asked [BUTTON|BUTTON...]                  a private question with at least these buttons; nothing changed
  refused WORDS                             a private answer whose text contains WORDS; nothing changed
  paused FROM UNTIL [reason=X]              one pause is new
  goal MINUTES · reminders [how=X], ...     so set from then on; what is not named stays
  suggests COMMAND                          the answer names /COMMAND; nothing changed
  form [NAME=VALUE], ...                    the command's form, filled in; nothing changed
"""

import re
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

from tests.talk import Heard, Talk

WHO = "ada"
PATH = Path(__file__).with_name("cases.tsv")
USUAL = {"nudge": "thu 18:00", "lastcall": "sun 15:00"}
LOGGED = re.compile(r"(\d+) (\S+)(?: area=(.+?))?(?: learned=(.+))?")
PAUSED = re.compile(r"(\S+) (\S+)(?: reason=(.+))?")


class Case(NamedTuple):
    """A line of the file; `name` is its number and what is typed."""

    name: str
    clock: str
    before: list[str]
    line: str
    expected: list[str]


def read_cases() -> list[Case]:
    """Return all cases."""
    cases = []
    for number, row in enumerate(PATH.read_text(encoding="utf-8").splitlines(), 1):
        if row.strip() and not row.startswith("#"):
            clock, before, line, expected = map(_unescape, row.split("\t"))
            said = [part for part in before.split(" ; ") if part.strip()]
            cases.append(Case(f"{number} {line}", clock, said, line, expected.split(" OR ")))
    return cases


async def say(talk: Talk, line: str) -> Heard | None:
    """Type a line, press a button whose label contains words, or move the clock."""
    if line.startswith(":at "):
        talk.at(line.removeprefix(":at "))
        return None
    if line.startswith(":press "):
        words = bare(line.removeprefix(":press "))
        label = next(label for label in talk.labels(WHO) if words in bare(label))
        return await talk.press(WHO, label)
    return await talk(WHO, line)


async def state_of(talk: Talk) -> dict[str, Any]:
    """Return all that a line could change."""
    rows = talk.rows
    return {
        "checkins": await rows("SELECT number, minutes, day, area, learned FROM checkins WHERE undone_at IS NULL"),
        "pauses": await rows("SELECT from_day, until_day, reason FROM pauses"),
        "goals": await rows("SELECT from_week, minutes FROM goals ORDER BY id"),
        "reminders": await rows("SELECT how FROM reminders"),
        "schedules": await rows("SELECT kind, moment, is_on FROM schedules WHERE person_id IS NOT NULL"),
        "others": await rows("SELECT area FROM timers UNION ALL SELECT title FROM focuses"),
    }


def is_right(expected: str, heard: Heard, before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Return True if a line came to what is expected."""
    kind, _, rest = expected.strip().partition(" ")
    changed = {name for name in before if before[name] != after[name]}
    is_quiet = not changed and not heard.is_public
    match kind:
        case "logged":
            return changed == {"checkins"} and not heard.is_wrong and _is_logged(rest, before, after)
        case "paused":
            return changed == {"pauses"} and not heard.is_wrong and _is_paused(rest, before, after)
        case "goal":
            return changed <= {"goals"} and not heard.is_wrong and after["goals"][-1][1] == int(rest)
        case "reminders":
            wanted = {**_reminders(before), **dict(pair.strip().split("=") for pair in rest.split(","))}
            return changed <= {"reminders", "schedules"} and not heard.is_wrong and _reminders(after) == wanted
        case "asked":
            labels = [] if heard.is_form else [bare(label) for label in heard.labels]
            return (
                is_quiet
                and bool(labels)
                and all(any(bare(part) in label for label in labels) for part in rest.split("|"))
            )
        case "refused":
            return is_quiet and not heard.is_form and rest.casefold() in heard.casefold()
        case "suggests":
            is_named = re.search(rf"/{rest}\b", heard) is not None
            return is_named or (not heard.is_form and any(button.command == rest for button in heard.card.buttons()))
        case "form":
            fields = {field.name: field.value for field in heard.form.fields} if heard.is_form else {}
            pairs = [pair.strip().split("=") for pair in rest.split(",") if pair]
            return is_quiet and heard.is_form and all(bare(fields[name]) == bare(value) for name, value in pairs)
        case _:
            raise AssertionError(f"nothing is known of {kind!r}")


def bare(text: str | None) -> str:
    """Return a text for comparing: no case, no signs around it, single spaces, plain quotes."""
    plain = " ".join(normalize("NFKC", text or "").casefold().split())
    return plain.translate(str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")).strip(" .,;:!-\u2013\u2014\"'")


def _is_logged(rest: str, before: dict[str, Any], after: dict[str, Any]) -> bool:
    match = LOGGED.fullmatch(rest)
    assert match is not None
    changed = set(after["checkins"]) - set(before["checkins"])
    entries = [(minutes, day, bare(area), bare(learned)) for _, minutes, day, area, learned in changed]
    return entries == [(int(match[1]), match[2], bare(match[3]), bare(match[4]))]


def _is_paused(rest: str, before: dict[str, Any], after: dict[str, Any]) -> bool:
    match = PAUSED.fullmatch(rest)
    assert match is not None
    new = set(after["pauses"]) - set(before["pauses"])
    return [(first, last, bare(reason)) for first, last, reason in new] == [(match[1], match[2], bare(match[3]))]


def _reminders(state: dict[str, Any]) -> dict[str, str]:
    times = {kind: moment if is_on else "off" for kind, moment, is_on in state["schedules"] if kind in USUAL}
    return {"how": state["reminders"][0][0] if state["reminders"] else "off", **USUAL, **times}


def _unescape(text: str) -> str:
    text = re.sub(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})", lambda m: chr(int(m[1] or m[2], 16)), text)
    return text.replace("\\t", "\t")
