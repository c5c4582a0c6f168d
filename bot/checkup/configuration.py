"""The settings: readable or not, and what they make the bot do."""

from collections.abc import Mapping
from pathlib import Path

from bot import config
from bot.checkup.line import Line, counted, warning, well, wrong
from bot.config import Settings
from bot.config_values import DEFAULT_FILE, PREFIX
from bot.errors import Misconfigured

SUBJECT = "configuration"
PLATFORMS = "platforms"
WHAT_TO_DO = "fix it; config.example.toml shows every key with its default"


def read(file: Path | None, environ: Mapping[str, str]) -> tuple[Settings | None, list[Line]]:
    """Return the settings, None where they cannot be used, and the lines about them."""
    try:
        settings = config.load(file, environ)
    except Misconfigured as error:
        return None, [wrong(SUBJECT, sentence.rstrip("."), WHAT_TO_DO) for sentence in error.sentences]
    return settings, [_source(file or DEFAULT_FILE, environ), _platforms(settings)]


def _source(file: Path, environ: Mapping[str, str]) -> Line:
    names = sum(name.startswith(PREFIX) and "__" in name for name in environ)
    more = f", with {counted(names, 'setting')} from the environment" if names else ""
    if file.exists():
        return well(SUBJECT, f"read from {file}{more}")
    return well(SUBJECT, f"there's no {file}, so every setting has its default{more}")


def _platforms(settings: Settings) -> Line:
    names = settings.adapters()
    if names:
        return well(PLATFORMS, f"`tenhours run` serves {' and '.join(name.capitalize() for name in names)}")
    return warning(PLATFORMS, "none is set up, so only the console works", "type `tenhours setup`")
