"""config.toml and the files of secrets, changed key by key: comments and all else stay as they are.

A change is made in the text and then read back: where the file is written in a way that this does not know, it is left
alone and whoever runs it is told what to write.
"""

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from msgspec import json

from bot.errors import Misconfigured

Value = str | int | float | bool
SECRETS_FOLDER = "secrets"
FIRST_LINE = "# Made by `tenhours setup`. docs/settings.md lists every setting with its default.\n"
_LINES = re.compile(r".*\n|.+")
"""Lines as TOML has them: `splitlines` would also end one at characters that a value may have."""

_HEADER = re.compile(r"\s*\[([^\[\]]+)\]\s*(#.*)?")
_STRINGS_AND_COMMENT = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'[^']*'|[^"'#])*""")


def change(path: Path, section: str, changes: Mapping[str, Value | None]) -> None:
    """Set keys of a section in the file, which is made where it is missing; None takes a key away.

    The file is replaced in one step. Raises `Misconfigured` where it cannot be changed, and leaves it alone.
    """
    path = path.resolve()
    after = after_change(path, section, changes)
    try:
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else _mode_of_new_file()
        replace_file(path, after, mode)
    except OSError as error:
        raise Misconfigured(f"{path} can't be written: {error.strerror}.") from error


def after_change(path: Path, section: str, changes: Mapping[str, Value | None]) -> str:
    """Return the text that the file would have. Raises `Misconfigured` where it cannot be changed."""
    try:
        return changed(path.read_text(encoding="utf-8") if path.exists() else FIRST_LINE, section, changes)
    except OSError as error:
        raise Misconfigured(f"{path} can't be read: {error.strerror}.") from error
    except ValueError as error:
        wanted = ", ".join(f"{key} = {_written(value)}" for key, value in changes.items() if value is not None)
        raise Misconfigured(
            f"{path} is written in a way that I can't change safely. Set this in it yourself: [{section}] {wanted}"
        ) from error


def changed(text: str, section: str, changes: Mapping[str, Value | None]) -> str:
    """Return the text of a settings file with keys of a section changed. Raises `ValueError` where it is not sure."""
    wanted = tomllib.loads(text)
    table = wanted.setdefault(section, {})
    if not isinstance(table, dict):
        raise ValueError(section)
    lines = _LINES.findall(text)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    for key, value in changes.items():
        _change_lines(lines, section, key, value)
        table.pop(key, None)
        table |= {} if value is None else {key: value}
    after = "".join(lines)
    if section not in tomllib.loads(text) and not table:
        del wanted[section]
    if tomllib.loads(after) != wanted:
        raise ValueError(section)
    return after


def save_secret(config: Path, section: str, key: str, secret: str) -> Path:
    """Save a secret in a file of its own beside the settings, which only its owner can read; return its path.

    Raises `Misconfigured` where it cannot be written.
    """
    path = secret_path(config, section, key)
    folder = path.parent
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        replace_file(path, f"{secret}\n", 0o600)
    except OSError as error:
        raise Misconfigured(f"{path} can't be written: {error.strerror}.") from error
    return path


def secret_path(config: Path, section: str, key: str) -> Path:
    """Return where a secret is saved."""
    return config.absolute().parent / SECRETS_FOLDER / f"{section}-{key.replace('_', '-')}"


def replace_file(path: Path, text: str, mode: int) -> None:
    """Write a file whole, or not at all: it gets its name once it is on the disk. Its owner stays the same."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(mode)
        if path.exists() and os.name == "posix" and path.stat().st_uid != unfinished.stat().st_uid:
            os.chown(unfinished, path.stat().st_uid, path.stat().st_gid)
        unfinished.replace(path)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _mode_of_new_file() -> int:
    """Return the rights of new settings: no secret is in them, and root's are read by the service's own user."""
    return 0o644 if hasattr(os, "geteuid") and os.geteuid() == 0 else 0o600


def _change_lines(lines: list[str], section: str, key: str, value: Value | None) -> None:
    begin, end = _find_section(lines, section)
    at = next((at for at in range(begin, end) if re.match(rf"\s*{re.escape(key)}\s*=", lines[at])), None)
    if at is not None:
        head, _, rest = lines[at].partition("=")
        matched = _STRINGS_AND_COMMENT.match(rest)
        comment = rest[matched.end() :].strip() if matched else ""
        tail = f"    {comment}" if comment else ""
        lines[at : at + 1] = [] if value is None else [f"{head.rstrip()} = {_written(value)}{tail}\n"]
    elif value is not None:
        if begin > end:
            lines += ["\n", f"[{section}]\n"] if lines else [f"[{section}]\n"]
            end = len(lines)
        while end > begin and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
            end -= 1  # a comment at the end is about the next section
        lines.insert(end, f"{key} = {_written(value)}\n")


def _find_section(lines: list[str], section: str) -> tuple[int, int]:
    """Return where the lines below a section's header begin and end; an end before the beginning if there is none."""
    headers = [
        (at, match[1].strip().strip("\"'"))
        for at, line in enumerate(lines)
        if (match := _HEADER.fullmatch(line.rstrip()))
    ]
    ends = [*(at for at, _ in headers[1:]), len(lines)]
    for (at, name), end in zip(headers, ends, strict=False):
        if name == section:
            return at + 1, end
    return 1, 0


def _written(value: Value) -> str:
    """Return a value as TOML has it: JSON's strings, numbers and truths are TOML's too, but for one character."""
    return json.encode(value).decode().replace("\x7f", r"\u007f")
