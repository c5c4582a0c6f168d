"""The transcript of `tenhours setup` in docs/setup.md: what a terminal showed, without what differs each time."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "setup.md"
MARKS = re.compile(r"(?<=<!-- transcript -->\n```text\n).*?(?=```\n<!-- /transcript -->)", re.DOTALL)
COPY = re.compile(r"tenhours-\d{8}T\d{6}Z\.db")
LAST = "Enter for none):"
"""The last question: what follows depends on the machine."""


def of_screen(text: str) -> str:
    before, last, _ = text.rpartition(LAST)
    return f"$ tenhours setup\n{COPY.sub('tenhours-20261130T090000Z.db', before)}{last}\n"


def read() -> str:
    match = MARKS.search(PAGE.read_text(encoding="utf-8"))
    return match[0] if match else ""


def write(text: str) -> None:
    PAGE.write_text(MARKS.sub(lambda _: text, PAGE.read_text(encoding="utf-8")), encoding="utf-8")
