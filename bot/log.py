"""Logs to standard error, as lines to read or as JSON; secrets are cut out of what is written, wherever they stand.

An event is an action in a few words, its facts are keys. What members write is no fact: it is never logged. Libraries
are held to `info` whatever the level, since at `debug` they write whole requests.
"""

import json
import logging
import re
import sys
from collections.abc import Iterable
from typing import Any

HIDDEN = "[secret]"
SHAPES = re.compile(
    r"""
      (?:xox[a-z]\.)?xox[a-z]-[\w-]{10,} | xapp-[\w-]{10,}                  # Slack's tokens
    | [\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}                                  # Discord's
    | (?P<header> (?i:\b(?:bot|bearer|basic)\s+)) [\w.+/=-]{20,}            # an authorisation header
    | (?P<query> [?&](?:code|state|ticket|token|client_secret)=) [^&\s"'<>]+
    | (?P<field> ["'](?:code|token|ticket|client_secret|signing_secret|access_token|refresh_token)["']:\s*["']) [^"']+
    | (?P<hook> hooks\.slack\.com/) [\w./-]+                                # whoever knows it may post
    | (?P<call> /(?:webhooks|interactions)/\d+/) [\w.-]{20,}
    """,
    re.VERBOSE,
)
"""Whatever looks like a secret: tokens, headers, codes of an installation, addresses that are keys."""

MIN_SECRET_LENGTH = 6
"""A shorter value of the settings is no secret that could be told from a word."""

OURS = ("bot", "adapters")
QUIET = ("apscheduler", "aiosqlite", "alembic")


class Scrubbed(logging.Formatter):
    """Formats by another formatter, then cuts out secrets: what has the shape of one, and those of the settings."""

    def __init__(self, inner: logging.Formatter, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._inner = inner
        long_enough = [secret for secret in secrets if len(secret) >= MIN_SECRET_LENGTH]
        spellings = {*long_enough, *(json.dumps(secret)[1:-1] for secret in long_enough)}
        longest_first = sorted(spellings, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def format(self, record: logging.LogRecord) -> str:
        """Return the line without secrets."""
        line = SHAPES.sub(_hidden, self._inner.format(record))
        return self._known.sub(HIDDEN, line) if self._known is not None else line


def configure(level: str, style: str, secrets: Iterable[str] = ()) -> None:
    """Send all logging through one handler; `style` is console or json, `secrets` are those of the settings."""
    import structlog  # noqa: PLC0415 - only where something is to be logged for long

    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if style == "json":
        last += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    else:
        plain = structlog.dev.plain_traceback  # a richer one shows the values of variables
        last.append(structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain))
    _handle(structlog.stdlib.ProcessorFormatter(processors=last, foreign_pre_chain=shared), level.upper(), secrets)


def configure_plain(level: str, secrets: Iterable[str] = ()) -> None:
    """Log nothing but the words, for verbs that run for a moment."""
    _handle(logging.Formatter("%(levelname)s: %(message)s"), level.upper(), secrets)


def _handle(formatter: logging.Formatter, level: str, secrets: Iterable[str]) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(Scrubbed(formatter, secrets))
    logging.basicConfig(handlers=[handler], level="INFO" if level == "DEBUG" else level, force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))


def _hidden(secret: re.Match[str]) -> str:
    """Return the mark for a secret after what leads to it, so that one can tell what it was."""
    return next((words for words in secret.groups() if words), "") + HIDDEN
