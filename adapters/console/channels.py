"""Rooms that a command or a form names: every room is there, and everything can be posted in it."""

from collections.abc import Iterable, Sequence

from adapters.console.incoming import PLATFORM, is_room, room_of
from bot.chat.command import OptionKind, Reading, Spec
from bot.chat.form import FieldKind, Form
from bot.chat.reading.commands import find_command
from bot.chat.reading.split import split_words
from bot.chat.request import Channel, NamedChannel
from bot.errors import Refused


def name_channels(words: str, specs: Sequence[Spec], reading: Reading) -> dict[str, NamedChannel]:
    """Return the rooms that a typed command names, by the words that name each."""
    try:
        spec, rest = find_command(words, {spec.name: spec for spec in specs})
        options = [option.name for option in spec.visible if option.kind is OptionKind.CHANNEL]
        raw = split_words(spec, rest, reading) if options else {}
    except Refused:
        return {}
    return _rooms(raw.get(name, "") for name in options)


def pick_channels(form: Form) -> dict[str, NamedChannel]:
    """Return the rooms that a form's answers name, by these."""
    return _rooms(field.value for field in form.fields if field.kind is FieldKind.CHANNEL)


def _rooms(typed: Iterable[str]) -> dict[str, NamedChannel]:
    names = {words: words.strip().lstrip("#").strip() for words in typed}
    rooms = {words: room_of(name) for words, name in names.items() if is_room(name)}
    return {words: NamedChannel(Channel(PLATFORM, "", room, room)) for words, room in rooms.items()}
