"""The journal as a Markdown document to read: months, days, and everybody's own words as nothing but words."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from bot.domain.duration import say
from bot.domain.journal_entry import JournalEntry, JournalNote
from bot.views.words import plural

_MARKUP = re.compile(r"([\\`*_\[\]<>#&|~])")
_LINE_MARKUP = re.compile(r"^([+\-=])|^([0-9]{1,9})([.)])")


def document(name: str, entries: list[JournalEntry], today: date) -> str:
    """Return a document of all entries, oldest first, under their months and days."""
    lines = [f"# {plain(name)}’s journal", "", f"*{_summary(entries, today)}*"]
    for month, of_month in groupby(entries, key=lambda entry: f"{entry.day:%B %Y}"):
        lines += ["", f"## {month}"]
        for day, of_day in groupby(of_month, key=lambda entry: entry.day):
            lines += ["", f"### {day:%A}, {day.day} {day:%B}"]
            for entry in of_day:
                lines += _entry(entry)
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """Return `text` so that Markdown shows it as it stands."""
    escaped = _MARKUP.sub(r"\\\1", text)
    return _LINE_MARKUP.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", escaped)


def _summary(entries: list[JournalEntry], today: date) -> str:
    count = plural(len(entries), "entry", "entries")
    minutes = sum(entry.minutes for entry in entries if isinstance(entry, JournalNote))
    days = plural(len({entry.day for entry in entries}), "day")
    written = f"Written out on {today.day} {today:%B %Y}."
    return f"{count} from {days}, {say(minutes)} of study. {written}" if entries else f"No entry yet. {written}"


def _entry(entry: JournalEntry) -> Iterator[str]:
    if isinstance(entry, JournalNote):
        parts = (say(entry.minutes), entry.area, entry.focus)
        yield from ("", f"**{' · '.join(plain(part) for part in parts if part)}**", "")
    else:
        took = f"after {say(entry.minutes)}, explained from first principles"
        yield from ("", f"**Finished: {plain(entry.focus)}**, {took}", "")
    yield from _quote(entry.text)
    if not isinstance(entry, JournalNote) and entry.link:
        yield from ("", f"Link: {plain(entry.link)}")


def _quote(text: str) -> Iterator[str]:
    """Yield a Markdown quote in which each line stays a line: two spaces at its end say so."""
    lines = text.splitlines()
    for line, following in zip(lines, [*lines, ""][1:], strict=True):
        yield (f"> {plain(line)}" if line else ">") + ("  " if line and following else "")
