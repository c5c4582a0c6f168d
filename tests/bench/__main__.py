"""`make bench`: runs every part and keeps the result in docs/benchmarks.md."""

import importlib
import platform
import sqlite3
import sys
from pathlib import Path

PARTS = (
    *("core", "discord", "slack", "delivery", "messages", "history", "road", "recall", "pictures", "pages", "ops"),
    "start",
)
RESULT = Path("docs/benchmarks.md")
HEAD = """# Benchmarks

The last result of `make bench`. Each line compares with its limit, or with the bare library doing the same in the same
run; machines differ and are noisy, so the ratios count and not the seconds. MISS marks a limit that is not met.

"""


def main() -> None:
    """Run the parts that were named, or all, and print their lines as they come."""
    chosen = [name for name in PARTS if name in sys.argv[1:]] or list(PARTS)
    lines = []
    for name in chosen:
        for found in importlib.import_module(f"tests.bench.{name}").run():
            print(found, flush=True)
            lines.append(found)
    if len(chosen) == len(PARTS):
        machine = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.system()}"
        RESULT.write_text(HEAD + f"{machine}.\n\n```\n" + "\n".join(lines) + "\n```\n", encoding="utf-8")
    if any(found.startswith("MISS") for found in lines):
        sys.exit("a limit was missed")


if __name__ == "__main__":
    main()
