"""`tenhours import --take-back`: an import of any size is taken back whole, in pieces for which nobody waits long."""

from datetime import datetime
from functools import partial

from bot import app
from bot.adapter.installed import installed
from bot.chat.plain import plain
from bot.clock import SystemClock
from bot.config import Settings
from bot.domain.timesheet.import_run import ImportRun
from bot.errors import TenHoursError
from bot.store import imports, people
from bot.store.tx import Tx
from bot.views import importing as view
from bot.who import read_who

ENTRIES_PER_TRANSACTION = 2000


async def take_back(settings: Settings, who: str, number: str, file: str | None) -> str:
    """Take back the import of that number, the newest of that file, or the only one; return what was taken.

    Raises `TenHoursError`, with what there is, where it is not clear which one is meant.
    """
    user, now = read_who(who, installed()), SystemClock().now()
    async with app.opened(settings, SystemClock()) as running:
        person = await running.store.read(lambda tx: people.find(tx, user))
        if person is None:
            raise TenHoursError(f"I don't know anyone here called {who}.")
        runs = await running.store.read(lambda tx: imports.list_runs(tx, person.id))
        run = _find(runs, number, file)
        while await running.store.write(partial(_take_some, person.id, run.id, now)):
            pass
        return plain(view.taken_back(run))


def _take_some(person_id: int, run_id: int, now: datetime, tx: Tx) -> int:
    people.lock(tx, [person_id])
    return imports.take_back(tx, person_id, run_id, ENTRIES_PER_TRANSACTION, now)


def _find(runs: list[ImportRun], number: str, file: str | None) -> ImportRun:
    if not runs:
        raise TenHoursError("There's no import to take back.")
    if number:
        meant = [run for run in runs if str(run.number) == number.removeprefix("#")]
    elif file is not None:
        meant = [run for run in runs if run.file == file][:1]
    else:
        meant = runs if len(runs) == 1 else []
    if meant:
        return meant[0]
    listed = plain(view.runs(runs, ()))
    raise TenHoursError(f"Which import? Name its number: `--take-back NUMBER`.\n{listed}")
