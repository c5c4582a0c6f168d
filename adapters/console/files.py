"""Files in a terminal: a typed path is read here, and the core is given what is in it; what it hands out is written."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from bot.chat.card import Card, Note
from bot.chat.command import OptionKind, Reading, Spec
from bot.chat.form import FieldKind, Form
from bot.chat.reading.commands import find_command
from bot.chat.reading.split import split_words
from bot.chat.refusal import too_large
from bot.chat.request import UPLOAD_BYTES, Attachment, Reply, Upload
from bot.chat.text import Code
from bot.domain.names import quoted
from bot.errors import Refused


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that came with an answer, and where it lies now; its size is in bytes."""

    name: str
    size: int
    path: str


def write(attachment: Attachment) -> WrittenFile | None:
    """Write a file into the current folder, or, where that is refused, into a new temporary one.

    Return None where neither takes it.

    Nothing that is there is overwritten, and nobody else can read it.
    """
    for folder in (Path.cwd, lambda: Path(tempfile.mkdtemp(prefix="tenhours-"))):
        try:
            path = _write_new(folder(), attachment)
        except OSError:
            continue
        return WrittenFile(path.name, len(attachment.content), str(path))
    return None


def with_file(answer: Reply) -> tuple[Card, WrittenFile | None]:
    """Return the card, saying where the file that came with it lies, and that file."""
    if answer.attachment is None:
        return answer.card, None
    file = write(answer.attachment)
    words = ("Written to ", Code(file.path), ".") if file else ("The file could not be written: no folder takes it.",)
    return answer.card.plus(Note(words)), file


def _write_new(folder: Path, attachment: Attachment) -> Path:
    wanted = Path(attachment.name)
    for number in count(1):
        path = folder / (f"{wanted.stem}-{number}{wanted.suffix}" if number > 1 else wanted.name)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(descriptor, "wb") as file:
            file.write(attachment.content)
        return path
    raise AssertionError("count never ends")


def read_named(words: str, specs: Sequence[Spec], reading: Reading) -> dict[str, Upload]:
    """Return the files that a typed command names, by option. Raises `Refused` for one that cannot be read."""
    try:
        spec, rest = find_command(words, {spec.name: spec for spec in specs})
        options = [option.name for option in spec.visible if option.kind is OptionKind.FILE]
        raw = split_words(spec, rest, reading) if options else {}
    except Refused:
        return {}
    return dict(_read({name: raw.get(name, "") for name in options}))


def read_filled_in(form: Form) -> dict[str, Upload]:
    """Return the files that a form's answers name, by field."""
    return dict(_read({field.name: field.value for field in form.fields if field.kind is FieldKind.FILE}))


def _read(paths: dict[str, str]) -> Iterator[tuple[str, Upload]]:
    for name, typed in paths.items():
        if typed.strip():
            yield name, _upload(typed.strip())


def _upload(typed: str) -> Upload:
    """Return the file at a path; a device, which may never end, is none. Raises `Refused`."""
    path = Path(typed).expanduser()
    try:
        if not path.is_file():
            raise FileNotFoundError(typed)
        with path.open("rb") as file:
            content = file.read(UPLOAD_BYTES + 1)
    except (OSError, ValueError):
        raise Refused(f"There's no file {quoted(typed)} that I can read.", "/mydata import file: toggl.csv") from None
    if len(content) > UPLOAD_BYTES:
        raise too_large()
    return Upload(path.name, content)
