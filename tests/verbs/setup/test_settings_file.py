"""config.toml is changed key by key: comments stay, and what cannot be changed safely is left alone."""

import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import Misconfigured
from bot.verbs.setup import settings_file
from bot.verbs.setup.settings_file import changed

EXAMPLE = (Path(__file__).parents[3] / "config.example.toml").read_text(encoding="utf-8")
KEYS = st.sampled_from(["token", "theme", "token_file", "goal_hours"])
SECTIONS = st.sampled_from(["discord", "slack", "group", "elsewhere"])
VALUES = st.none() | st.text() | st.integers(-(2**40), 2**40) | st.booleans()


@example(changes=[("discord", "token", '\x7f\x00\\"')], starts_empty=False)
@example(changes=[("slack", "token", "\x85 \u2028"), ("slack", "token", None)], starts_empty=False)
@given(changes=st.lists(st.tuples(SECTIONS, KEYS, VALUES), max_size=6), starts_empty=st.booleans())
def test_whatever_is_changed_reads_back_and_leaves_all_else(
    changes: list[tuple[str, str, settings_file.Value | None]], starts_empty: bool
) -> None:
    text = "" if starts_empty else EXAMPLE
    wanted = tomllib.loads(text)
    for section, key, value in changes:
        text = changed(text, section, {key: value})
        wanted.setdefault(section, {}).pop(key, None)
        wanted[section] |= {} if value is None else {key: value}
    assert {name: table for name, table in tomllib.loads(text).items() if table} == {
        name: table for name, table in wanted.items() if table
    }
    if not starts_empty:
        comments = [line for line in EXAMPLE.splitlines() if line.startswith("#")]
        assert [line for line in text.splitlines() if line in comments] == comments


def test_comments_order_and_indents_stay() -> None:
    text = "# mine\n[discord]\n  token = 'a # b'   # old\n\n# about groups\n[group]\ngoal_hours = 8"
    text = changed(text, "discord", {"token": "c", "theme": "light"})
    text = changed(text, "group", {"goal_hours": 9.5})
    assert text == (
        '# mine\n[discord]\n  token = "c"    # old\ntheme = "light"\n\n# about groups\n[group]\ngoal_hours = 9.5\n'
    )


@pytest.mark.parametrize(
    "text",
    [
        "discord.token = 'a'\n",
        "discord = {token = 'a'}\n",
        '[discord]\ntoken = """\na"""\n',
        'x = """\n[discord]\n"""\n',
        "[[discord]]\ntoken = 'a'\n",
    ],
)
def test_what_is_written_in_another_way_is_left_alone(tmp_path: Path, text: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    with pytest.raises(Misconfigured, match=r"Set this in it yourself: \[discord\] token = \"b\"") as caught:
        settings_file.change(file, "discord", {"token": "b"})
    assert "config.toml" in str(caught.value)
    assert file.read_text() == text
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


def test_rights_stay_and_links_are_followed(tmp_path: Path) -> None:
    file, link = tmp_path / "real.toml", tmp_path / "config.toml"
    file.write_text("[group]\n")
    file.chmod(0o640)
    link.symlink_to(file)
    settings_file.change(link, "group", {"goal_hours": 9})
    assert link.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert file.read_text() == "[group]\ngoal_hours = 9\n"


def test_a_folder_that_takes_nothing_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="can't be written"):
        settings_file.change(tmp_path / "nowhere" / "config.toml", "group", {"goal_hours": 9})
    (tmp_path / "secrets").write_text("")
    with pytest.raises(Misconfigured, match="can't be written"):
        settings_file.save_secret(tmp_path / "config.toml", "discord", "token", "abc")
