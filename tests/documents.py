"""What the papers say of the code, made from the code: `python -m tests.documents` writes it between its marks."""

import re
from pathlib import Path

from bot.chat.command import Option, Spec
from bot.commands.registry import SPECS

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
MARKS = re.compile(r"(?<=<!-- commands -->\n).*?(?=<!-- /commands -->)", re.DOTALL)


def commands_table() -> str:
    """The command table of the README: every command that can be typed, with its options."""
    rows = [
        f"| `/{spec.name}`{_options(spec)} | {spec.summary} |" for spec in SPECS.values() if not spec.is_button_only
    ]
    return "\n".join(["| command | does |", "|---|---|", *rows]) + "\n"


def readme_now() -> str:
    """The README as it should be."""
    return MARKS.sub(lambda _: commands_table(), README.read_text(encoding="utf-8"))


def _options(spec: Spec) -> str:
    return "".join(f" {_option(option)}" for option in spec.visible)


def _option(option: Option[object]) -> str:
    return option.name if option.is_required else f"[{option.name}]"


if __name__ == "__main__":
    README.write_text(readme_now(), encoding="utf-8")
