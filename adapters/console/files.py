"""Files that a member hands over in a terminal: a typed path is read here, and the core is given what is in it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from adapters.console.limits import FILE_BYTES
from bot.chat.command import Kind, Reading, Spec
from bot.chat.form import FieldKind, Form
from bot.chat.parse import find_command, split_words
from bot.chat.request import Upload
from bot.domain.names import quoted
from bot.errors import Refused


def named_in(words: str, specs: Sequence[Spec], reading: Reading) -> dict[str, Upload]:
    """The files that a typed command names, by option. Raises `Refused` for one that cannot be read."""
    try:
        spec, rest = find_command(words, {spec.name: spec for spec in specs})
        wanted = [option.name for option in spec.visible if option.kind is Kind.FILE]
        raw = split_words(spec, rest, reading) if wanted else {}
    except Refused:
        return {}
    return dict(_read({name: raw.get(name, "") for name in wanted}))


def filled_in(form: Form) -> dict[str, Upload]:
    """The files that a form's answers name, by field."""
    return dict(_read({field.name: field.value for field in form.fields if field.kind is FieldKind.FILE}))


def _read(paths: dict[str, str]) -> Iterator[tuple[str, Upload]]:
    for name, typed in paths.items():
        if typed.strip():
            yield name, _upload(typed.strip())


def _upload(typed: str) -> Upload:
    path = Path(typed).expanduser()
    try:
        if path.stat().st_size > FILE_BYTES:
            raise Refused(f"{quoted(typed)} has more than {FILE_BYTES // 1024**2} MB.")
        return Upload(path.name, path.read_bytes())
    except (OSError, ValueError):
        raise Refused(f"There is no file {quoted(typed)} that I can read.", "/mydata import file: toggl.csv") from None
