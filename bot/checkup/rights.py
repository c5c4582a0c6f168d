"""File rights: others on the machine should read neither secrets nor what members have written."""

import os
import stat
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from bot.adapter.installed import installed
from bot.adapter.plugin import file_keys, secret_keys
from bot.checkup.line import Line, warning, well
from bot.config import CORE_SECTIONS, Settings
from bot.config_values import DEFAULT_FILE, PREFIX
from bot.location import ServerDatabase
from bot.upkeep import copies

SUBJECT = "file rights"


def look(file: Path | None, environ: Mapping[str, str], settings: Settings | None) -> list[Line]:
    """Return a line for each file of secrets or the database that everybody can read; one line where all is well."""
    if os.name != "posix":
        return [
            well(
                SUBJECT,
                "can't be checked here; make sure that only you can read config.toml and the database",
            )
        ]
    files = [*_secret_files(file or DEFAULT_FILE, environ), *(_database_files(settings) if settings else [])]
    open_to_all = [
        warning(SUBJECT, f"{path} {what} and everyone on this machine can read it", f"type: chmod o-rwx {path}")
        for path, what in files
        if _is_open(path)
    ]
    return open_to_all or [well(SUBJECT, "other users can't read the secrets or the database")]


def _secret_files(file: Path, environ: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    tables = list(_tables(file))
    if any(_has_secret(table, kind) for table, kind in tables):
        yield file, "holds secrets"
    for table, kind in tables:
        for key in sorted(file_keys(kind)):
            if table.get(f"{key}_file"):
                yield Path(str(table[f"{key}_file"])), "holds a secret"
    for name, text in environ.items():
        if name.startswith(PREFIX) and name.endswith("_FILE") and text:
            yield Path(text), "holds a secret"


def _has_secret(table: dict[str, Any], kind: type[Struct]) -> bool:
    """Return True if a secret stands in a section, or a password in a URL."""
    texts = [str(table.get(key, "")) for key in file_keys(kind) - secret_keys(kind)]
    return any(table.get(key) for key in secret_keys(kind)) or any(ServerDatabase(text).password for text in texts)


def _tables(file: Path) -> Iterator[tuple[dict[str, Any], type[Struct]]]:
    """Yield each section of the file as it is written, and its type."""
    try:
        sections = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    for name, kind in {**CORE_SECTIONS, **{name: plugin.settings for name, plugin in installed().items()}}.items():
        table = sections.get(name)
        if isinstance(table, dict):
            yield table, kind


def _database_files(settings: Settings) -> Iterator[tuple[Path, str]]:
    location, folder = settings.database.location, settings.backup_folder
    if isinstance(location, Path):
        yield location, "is the database"
    if folder is not None:
        for _, copy in copies.all_of(folder, copies.named_after(location))[-1:]:
            yield copy, "is a copy of the database"


def _is_open(path: Path) -> bool:
    """Return True if the file, and every folder on the way to it, lets others in."""
    try:
        if not path.stat().st_mode & stat.S_IROTH:
            return False
        return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.absolute().parents)
    except OSError:
        return False
