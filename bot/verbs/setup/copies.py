"""The database and its first copy, which counts once it has been restored to a file of its own."""

import asyncio
import tempfile
from datetime import datetime
from pathlib import Path

from bot.clock import Clock
from bot.errors import Misconfigured
from bot.store import backup, migrate, restore
from bot.store.tx import Tx
from bot.upkeep import copies
from bot.verbs.setup.conversation import Conversation
from bot.verbs.setup.installation import Installation, shown
from bot.verbs.setup.step import Outcome, State


class CopyStep:
    """The database is there, and can be brought back from a copy."""

    title = "Database"

    def __init__(self, installation: Installation, clock: Clock) -> None:
        self._installation = installation
        self._clock = clock

    async def look(self) -> State:
        """Return which database it is, and whether there is a copy of it."""
        settings = self._installation.settings
        path, folder = settings.database.location, settings.backup_folder
        if await asyncio.to_thread(migrate.read_revision, path) is None:
            return State(False, f"{path} isn't there yet")
        if not isinstance(path, Path):
            return State(True, f"{path}, on a server")
        if folder is None:
            return State(True, f"{path}, without daily copies: [backup] folder is empty")
        dated = copies.all_of(folder, path)
        if not dated:
            return State(False, f"{path} has no copy yet")
        return State(True, f"{path}, {len(dated)} {'copy' if len(dated) == 1 else 'copies'} in {shown(folder)}")

    async def do(self, talk: Conversation) -> Outcome:
        """Create the database where it is missing, copy it, and restore the copy to see that it is whole."""
        settings = self._installation.settings
        path, folder = settings.database.location, settings.backup_folder
        if not isinstance(path, Path):
            await asyncio.to_thread(migrate.require_head, path)
            talk.say("", f"The database is {path}. Where pg_dump is installed, the bot copies it once a day.")
            return Outcome.DONE
        if not path.absolute().parent.is_dir():
            raise Misconfigured(
                f"There's no folder {path.absolute().parent}: create it, or set another [database] url."
            )
        await asyncio.to_thread(migrate.require_head, path)
        talk.say("", f"The database is {shown(path.absolute())}.")
        if folder is not None:
            copy = await asyncio.to_thread(_copy, path, folder, self._clock.now())
            talk.say(
                f"Its first copy is {shown(copy)}.",
                "I restored it into a temporary file and looked through it: copies work.",
                f"`tenhours run` makes one every day and keeps {settings.backup.keep}.",
            )
        return Outcome.DONE


def _copy(path: Path, folder: Path, now: datetime) -> Path:
    """Copy the database and restore the copy elsewhere. Raises `NotSaved` or `SchemaMismatch`."""
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = copies.path_of(folder, path, now)
    backup.backup(path, copy)
    with tempfile.TemporaryDirectory() as elsewhere:
        restore.prepare(copy, Path(elsewhere, path.name), _change_nothing)
    return copy


def _change_nothing(_tx: Tx) -> None:
    """Leave a restored copy as it is."""
