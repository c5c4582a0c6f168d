"""`make bench`: runs every part and keeps the result in docs/benchmarks.md."""

import importlib
import platform
import re
import sqlite3
import sys
from pathlib import Path

PARTS = (
    *("core", "discord", "slack", "delivery", "messages", "history", "road", "recall", "pictures", "pages", "ops"),
    *("copying", "start", "postgres"),
)
RESULT = Path("docs/benchmarks.md")
RESULT_IN_PAGE = re.compile(r"Python [^\n]*\.\n\n```\n.*?\n```\n", re.DOTALL)
"""Where the page keeps the result of all parts: below the machine's line, the first of its kind."""


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
        result = f"{machine}.\n\n```\n" + "\n".join(lines) + "\n```\n"
        page = RESULT.read_text(encoding="utf-8")
        RESULT.write_text(RESULT_IN_PAGE.sub(lambda _: result, page, count=1), encoding="utf-8")
    if any(found.startswith("MISS") for found in lines):
        sys.exit("a limit was missed")


if __name__ == "__main__":
    main()
