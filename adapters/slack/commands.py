"""The slash commands that there are, and the line for the core that is made of what is typed after them.

Slack does not keep apps' commands apart, so only three have a name of their own; `/tenhours …` reaches all of them.
"""

import html
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from bot.chat.command import OptionKind, Reading, Spec
from bot.chat.reading.split import split_words
from bot.chat.request import CommandRequest, TextRequest, Via
from bot.errors import Refused

UMBRELLA = "tenhours"
OWN_SLASHES = ("checkin", "progress", "leaderboard")
GUIDE = "guide"
HELP = "help"

BUILT_IN = frozenset(
    """
    active apps archive away call close collapse dm dnd expand feed feedback huddle invite invite_people join keys
    kick leave list me msg mute open part people prefs pro remind remove rename s search shortcuts shrug star status
    topic unarchive unmute unstar who workflow
    """.split()
)
"""Slack's own commands: it refuses a manifest that names one of them."""

_REFERENCE = re.compile(r"<([@#!]?)([^<>|\s]+)(?:\|([^<>]*))?>")
_FOREIGN_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")
"""An ampersand that begins none of the three entities that Slack makes."""


def slash_names(specs: Iterable[Spec]) -> list[str]:
    """Return the slash commands of this app, without the slash."""
    known = {spec.name for spec in specs}
    return [*(name for name in OWN_SLASHES if name in known), UMBRELLA]


def make_line(slash: str, text: str, names: Collection[str]) -> str:
    """Return the line that the core reads: command first, no slash.

    `help` anywhere one would type it is the guide; `names` are those of the core's commands.
    """
    name = slash.removeprefix("/").casefold()
    words = text.split()
    if name == UMBRELLA:
        if not words:
            return GUIDE
        if words[0].casefold() == HELP:
            return " ".join([GUIDE, *words[1:]])
        if words[-1].casefold() == HELP and " ".join(words[:-1]).casefold() in names:
            return " ".join([GUIDE, *words[:-1]])
        return text.strip()
    return f"{GUIDE} {name}" if [word.casefold() for word in words] == [HELP] else f"{name} {text.strip()}".strip()


def find_mentions(text: str) -> set[str]:
    """Return the ids of the people that an escaped text refers to."""
    return {match[2] for match in _REFERENCE.finditer(text) if match[1] == "@"}


def unescape(text: str, names: Mapping[str, str], *, kept: Collection[str] = ()) -> str:
    """Undo Slack's escapes: `<@U1|ada>` becomes `@` and the name of `names`, `&lt;` becomes `<`.

    References of the kinds in `kept` (`@`, `#`) stay as they are, for commands that take a member or a channel.
    """

    def typed(match: re.Match[str]) -> str:
        kind, target, label = match.groups()
        if kind in kept:
            return match[0]
        if kind == "@":
            return f"@{names.get(target) or label or target}"
        if kind == "#":
            return f"#{label or target}"
        return f"@{label or target}" if kind == "!" else target

    return html.unescape(_FOREIGN_AMPERSAND.sub("&amp;", _REFERENCE.sub(typed, text)))


def find_spec(line: str, specs: Mapping[str, Spec]) -> Spec | None:
    """Return the command that a line begins with, if there is one."""
    words = line.casefold().split(maxsplit=2)
    return specs.get(" ".join(words[:2])) or specs.get(" ".join(words[:1]))


def kept_references(spec: Spec | None) -> frozenset[str]:
    """Return the kinds of references that the command's options take: `@` for people, `#` for channels."""
    kinds = {option.kind for option in spec.options} if spec is not None else set()
    return frozenset(sign for sign, kind in (("@", OptionKind.MEMBER), ("#", OptionKind.CHANNEL)) if kind in kinds)


def drop_files(request: TextRequest, specs: Mapping[str, Spec]) -> TextRequest | CommandRequest:
    """Return the request without typed names of files: a file is handed over in a form, which opens without them."""
    spec = find_spec(request.words, specs)
    files = [option.name for option in spec.visible if option.kind is OptionKind.FILE] if spec else []
    if spec is None or not files:
        return request
    words = request.words.split(maxsplit=len(spec.name.split()))[len(spec.name.split()) :]
    try:
        raw = split_words(spec, " ".join(words), Reading(date.min))
    except Refused:
        return request
    options = {name: value for name, value in raw.items() if name not in files}
    return CommandRequest(request.id, request.user, request.channel, spec.name, options, Via.SLASH, request.files)


def usage(spec: Spec) -> str:
    """Return the hint that stands beside a slash command: `time [area] [learned] [day]`."""
    return " ".join(option.name if option.is_required else f"[{option.name}]" for option in spec.visible)
