"""Parts of the documents that are made from the code: `python -m tests.documents` writes them between their marks."""

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from bot.adapter.installed import installed
from bot.adapter.plugin import file_keys
from bot.chat.command import Option, Spec
from bot.commands.registry import SPECS
from bot.config import CORE_SECTIONS
from bot.config_values import PREFIX

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
COMMANDS = ROOT / "docs" / "commands.md"
SETTINGS = ROOT / "docs" / "settings.md"
EXAMPLE = ROOT / "config.example.toml"
MARKS = re.compile(r"(?<=<!-- (?P<name>commands|settings) -->\n).*?(?=<!-- /(?P=name) -->)", re.DOTALL)


def commands_table() -> str:
    """Return the command table of the README: every command that can be typed, with its options."""
    rows = [f"| `/{spec.name}`{_options(spec)} | {spec.summary} |" for spec in _typed()]
    return "\n".join(["| command | does |", "|---|---|", *rows]) + "\n"


def commands_page() -> str:
    """Return every command under its heading, with options and examples."""
    headings = dict.fromkeys(spec.group for spec in _typed())
    parts = []
    for heading in headings:
        parts.append(f"## {heading}\n")
        parts += [_command(spec) for spec in _typed() if spec.group == heading]
    return "\n".join(parts)


def settings_page() -> str:
    """Return every setting with its default and its variable; its meaning is the comment of the example file."""
    comments = _comments()
    parts = []
    for name, kind in sections().items():
        rows = ["| key | default | environment | means |", "|---|---|---|---|"]
        for setting in msgspec.structs.fields(kind):
            variable = f"{PREFIX}{name}__{setting.name}".upper()
            variables = f"`{variable}`" + (f", `{variable}_FILE`" if setting.name in file_keys(kind) else "")
            default = msgspec.json.encode(setting.default).decode()
            rows.append(f"| `{setting.name}` | `{default}` | {variables} | {comments[name, setting.name]} |")
        summary = (kind.__doc__ or "").partition("\n")[0]
        parts += [f"## [{name}]\n", f"{summary}\n", "\n".join(rows) + "\n"]
    return "\n".join(parts)


def sections() -> dict[str, type[msgspec.Struct]]:
    """Return the types of all sections, in the order of the example file."""
    kinds = {**CORE_SECTIONS, **{name: plugin.settings for name, plugin in installed().items()}}
    return {name: kinds[name] for name in tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))}


PAGES: dict[Path, Callable[[], str]] = {README: commands_table, COMMANDS: commands_page, SETTINGS: settings_page}


def render(page: Path) -> str:
    """Return a page as it should be."""
    return MARKS.sub(lambda _: PAGES[page](), page.read_text(encoding="utf-8"))


def _typed() -> list[Spec]:
    return [spec for spec in SPECS.values() if not spec.is_button_only]


def _command(spec: Spec) -> str:
    lines = [f"### /{spec.name}\n", f"{spec.summary[:1].upper()}{spec.summary[1:]}.\n"]
    if spec.visible:
        lines += ["| option | is | like |", "|---|---|---|", *map(_row, spec.visible), ""]
    if spec.examples:
        lines += ["```", *spec.examples, "```", ""]
    return "\n".join(lines)


def _row(option: Option[object]) -> str:
    like = ", ".join(f"`{choice.value}`" for choice in option.choices) or option.hint
    return f"| `{option.name}`{' (needed)' if option.is_required else ''} | {option.summary} | {like} |"


def _comments() -> dict[tuple[str, str], str]:
    """Return the comment behind each key of the example, by section and key."""
    text = EXAMPLE.read_text(encoding="utf-8")
    assert tomllib.loads(text)
    return dict(_read_comments(text))


def _read_comments(text: str) -> Iterator[tuple[tuple[str, str], str]]:
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif match := re.match(r"(\w+) = (?:\"[^\"]*\"|[^#]*?)\s*# (.*)", line):
            yield (section, match[1]), match[2]


def _options(spec: Spec) -> str:
    return "".join(f" {_option(option)}" for option in spec.visible)


def _option(option: Option[object]) -> str:
    return option.name if option.is_required else f"[{option.name}]"


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(render(page), encoding="utf-8")
