"""Logs to standard error, as lines to read or as JSON; secrets are cut out of what is written, wherever they stand.

An event is an action in a few words, its facts are keys. What members write is no fact: it is never logged. Whatever
comes from outside can neither begin a line of its own nor steer a terminal: control characters are written as escapes.
Libraries are held to `info` whatever the level, since at `debug` they write whole requests.
"""

import json
import logging
import re
import sys
import unicodedata
from collections.abc import Iterable, MutableMapping
from io import StringIO
from typing import Any, TextIO, cast

HIDDEN = "[secret]"
SHAPES = re.compile(
    r"""
      (?:xox[a-z]\.)?xox[a-z]-[\w-]{10,} | xapp-[\w-]{10,}                  # Slack's tokens
    | [\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}                                  # Discord's
    | (?P<header> (?i:\b(?:bot|bearer|basic)\s+)) [\w.+/=-]{20,}            # an authorisation header
    | (?P<query> [?&](?:code|state|ticket|token|client_secret)=) [^&\s"'<>]+
    | (?P<field> ["'](?:code|token|ticket|client_secret|signing_secret|access_token|refresh_token)["']:\s*["']) [^"']+
    | (?P<said> \bcode:\s+) (?=\S*[._-])\S+
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


HARMFUL = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Categories of characters that are not seen but do something: control, format, half a character, ends of lines."""
OURS_ALONE = frozenset({"_record", "_from_structlog", "exc_info", "exception", "stack_info"})
"""Keys of an event that structlog itself works with."""
TRACEBACK_INDENT = "    "


def escape(text: str) -> str:
    """Return a text in which every control character stands as an escape, such as \\n or \\x1b."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escape_character(sign) for sign in text)


def _escape_character(sign: str) -> str:
    return sign.encode("unicode_escape").decode() if unicodedata.category(sign) in HARMFUL else sign


def _escape_value(value: Any) -> Any:
    match value:
        case str():
            return escape(value)
        case dict():
            return {escape(str(key)): _escape_value(one) for key, one in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_escape_value(one) for one in value]
        case None | bool() | int() | float():
            return value
        case _:
            return escape(str(value))


def _escape_event(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Escape an event and its facts, before they are written in whatever format."""
    for key in [key for key in event if key not in OURS_ALONE]:
        value = event.pop(key)
        event[escape(key)] = _escape_value(value)
    return event


def _escape_traceback(text: str) -> str:
    """Return a traceback whose lines are all indented, so that the words of an error cannot look like an event."""
    return "\n".join(TRACEBACK_INDENT + escape(line) for line in text.split("\n"))


class Plain(logging.Formatter):
    """Formats words alone, and escapes what comes from outside in them."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name of the one that it replaces
        """Return the line of a record."""
        record.message = escape(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - as above
        """Return the traceback of an error."""
        return _escape_traceback(super().formatException(ei))


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
    structlog = _import_structlog()
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, _escape_event]
    if style == "json":
        last += [structlog.processors.format_exc_info, _escape_exception, structlog.processors.JSONRenderer()]
    else:
        last.append(structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=_write_traceback))
    _handle(structlog.stdlib.ProcessorFormatter(processors=last, foreign_pre_chain=shared), level.upper(), secrets)


def _import_structlog() -> Any:
    """Return structlog, imported without Rich: it draws tracebacks that are not shown here, for 40 ms of a start."""
    is_hidden = "rich" not in sys.modules
    if is_hidden:
        sys.modules["rich"] = cast(Any, None)  # by which Python says “not installed”
    try:
        import structlog  # noqa: PLC0415 - only where something is to be logged for long
    finally:
        if is_hidden:
            del sys.modules["rich"]
    return structlog


def configure_plain(level: str, secrets: Iterable[str] = ()) -> None:
    """Log nothing but the words, for verbs that run for a moment."""
    _handle(Plain("%(levelname)s: %(message)s"), level.upper(), secrets)


def _write_traceback(to: TextIO, error: Any) -> None:
    """Write a traceback without the values of variables, which a richer one shows."""
    structlog = _import_structlog()
    text = StringIO()
    structlog.dev.plain_traceback(text, error)
    to.write(_escape_traceback(text.getvalue()))


def _escape_exception(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if "exception" in event:
        event["exception"] = _escape_traceback(str(event["exception"]))
    return event


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
