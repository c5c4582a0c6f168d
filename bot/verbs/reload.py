"""SIGHUP: the settings are read anew while the program serves.

Settings that are wrong are logged, and the old ones stay. Another level of the log holds at once. For anything else,
such as a new token, the program ends in order and begins anew in the same process: what was due meanwhile is sent then.
"""

import logging
from collections.abc import Callable

from msgspec.structs import replace

from bot import log as logs
from bot.clock import Clock
from bot.config import Settings
from bot.errors import Misconfigured

log = logging.getLogger(__name__)


class Reload:
    """The settings of a running program; `following` are those to begin anew with, None while there are none."""

    def __init__(self, settings: Settings, load: Callable[[], Settings], clock: Clock) -> None:
        self._settings = settings
        self._load = load
        self._clock = clock
        self.following: Settings | None = None

    async def look(self) -> bool:
        """Read the settings. Return True if the program is to end and begin anew with `following`."""
        from bot.checkup import platforms  # noqa: PLC0415 - what looks at settings is not loaded to serve
        from bot.checkup.line import Level  # noqa: PLC0415 - as above

        try:
            settings = self._load()
            lines = await platforms.try_settings(settings, self._clock)
            wrong = [line.words for line in lines if line.level is Level.WRONG]
        except Misconfigured as error:
            settings, wrong = self._settings, list(error.sentences)
        if wrong:
            log.error("settings are wrong, so the old ones stay", extra={"wrong": " ".join(wrong)})
            return False
        logs.configure(settings.log.level, settings.log.format, settings.secrets())
        if settings == replace(self._settings, log=settings.log):
            self._settings = settings
            log.info("settings were read anew", extra={"level": settings.log.level})
            return False
        log.info("settings have changed, so everything begins anew")
        self.following = settings
        return True
