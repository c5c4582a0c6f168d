"""`make scale`: what one person or one group costs in a large database, beside what it would cost by itself.

`make scale FACTOR=1` measures the full size, of 40,000 members over five years; a sixteenth is taken unless given.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

from bot.checkup import database
from bot.domain.leaderboard import LeaderboardPeriod, RankBy, span_of
from bot.store import groups, leaderboards, migrate, search, sqlite
from bot.store.leaderboards import LeaderboardQuery
from bot.store.sqlite import SqliteTx
from tests.bench import large, limited
from tests.bench.large import LARGE_GROUP, NOW, Large
from tests.bench.lines import line, told

FACTOR = 1 / 16
SMALL_FACTOR = 1_000 / large.MEMBERS
ROUNDS = 15
PAGE = 10
PERIODS = (LeaderboardPeriod.WEEK, LeaderboardPeriod.MONTH, LeaderboardPeriod.LAST_YEAR, LeaderboardPeriod.ALL)
OWN_ENTRIES = "SELECT * FROM checkins WHERE person_id = :id AND learned IS NOT NULL AND undone_at IS NULL"
INDEXED = """SELECT m.name, w.* FROM members m JOIN weeks w ON w.person_id = m.person_id AND w.monday = :monday
    WHERE m.group_id = :group"""


def run(factor: float) -> Iterator[str]:
    """All lines, for `factor` times the full size."""
    with tempfile.TemporaryDirectory() as folder:
        yield _upgrade(Path(folder) / "before.db", factor)
        small = large.build(Path(folder) / "small.db", SMALL_FACTOR)
        whole = large.build(Path(folder) / "large.db", factor)
        yield told(f"GiB of {whole.people:,} members over five years", whole.path.stat().st_size / (1 << 30))
        yield from _boards(whole)
        yield from _search(small, whole)
        yield _check(whole)
        yield from _erase(whole)
        yield from limited.run(whole)


def _upgrade(path: Path, factor: float) -> str:
    """Bringing a database of the newest released version up to date; what takes long is left for later, in slices."""
    before = large.build_before(path, factor)
    began = time.perf_counter()
    migrate.migrate(path)
    spent = time.perf_counter() - began
    path.unlink()
    return line(f"seconds of `tenhours migrate` for {before.people:,} members over five years", spent, 10)


def _boards(whole: Large) -> Iterator[str]:
    """Every board of the large group, beside reading a row of each member by an index."""
    with closing(sqlite.connect(whole.path, read_only=True)) as connection:
        tx = SqliteTx(connection)
        group = groups.get(tx, LARGE_GROUP)
        bare = _median(lambda: tx.all(INDEXED, monday=large.CURRENT.monday.isoformat(), group=group.id))
        for period in (
            LeaderboardPeriod.WEEK,
            LeaderboardPeriod.MONTH,
            LeaderboardPeriod.LAST_YEAR,
            LeaderboardPeriod.ALL,
        ):
            times = [
                _median(lambda query=query: leaderboards.find_page(tx, query, 0, PAGE, NOW))  # type: ignore[misc]
                for by in RankBy
                for query in [LeaderboardQuery(group, period, span_of(period, NOW.date()), by, whole.people // 8)]
            ]
            what = f"board of {whole.people // 4:,} members, {period.value}, the slowest, beside an indexed SELECT"
            yield line(what, max(times) / bare, 20)


def _search(small: Large, whole: Large) -> Iterator[str]:
    """A frequent word in one journal, beside reading that journal by its key, and beside a smaller database."""
    ours, bare = _search_times(whole)
    few, _ = _search_times(small)
    yield line("search of a word that everybody uses, beside reading one's own entries by key", ours / bare, 5)
    yield line(f"the same among {whole.people:,} members, beside {small.people:,}", ours / few, 1.5)


def _search_times(of: Large) -> tuple[float, float]:
    with closing(sqlite.connect(of.path, read_only=True)) as connection:
        tx = SqliteTx(connection)
        ours = _median(lambda: search.find_best(tx, of.people // 2, "model", 0, PAGE))
        return ours, _median(lambda: tx.all(OWN_ENTRIES, id=of.people // 2))


def _check(whole: Large) -> str:
    began = time.perf_counter()
    database.look(whole.path, is_thorough=False)
    return line("`tenhours check`'s look at the database, seconds", time.perf_counter() - began, 2)


def _erase(whole: Large) -> Iterator[str]:
    """Erasing one person while another writes, in a process of its own; it comes last, for it changes the file."""
    written = subprocess.check_output([sys.executable, "-m", "tests.bench.erasing", whole.path], text=True)
    before, after, waited_ms, alone_ms, seconds = map(float, written.split())
    yield line("MiB more that erasing a person takes", (after - before) / 1024, 100)
    yield line("ms for which another write waits at the most while a person is erased", waited_ms, 50)
    yield told("ms for which the same write waits at the most with nothing beside it", alone_ms)
    yield told("seconds until nothing of an erased person is left in the file", seconds)


def _median(work: Callable[[], object]) -> float:
    """Return the seconds that some work takes once everything is in memory."""
    work()
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return median(times)


def main() -> None:
    """Print the lines as they come; end with 1 where a limit was missed."""
    lines = []
    for found in run(float(sys.argv[1]) if len(sys.argv) > 1 else FACTOR):
        print(found, flush=True)
        lines.append(found)
    if any(found.startswith("MISS") for found in lines):
        sys.exit("a limit was missed")


if __name__ == "__main__":
    main()
