"""Data stays data: whatever members write, Discord shows it as they wrote it, and a cut breaks no markup."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.markup import comparable, escape, fit, mark, mark_code, mark_text
from bot.chat.legible import legible
from bot.chat.text import Bold, Code, Link, Mention, Timestamp

ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
SIGNS = st.text(alphabet="\\*_~|`[]()<>#-+1.@:/ \neverhoaz€😀", max_size=60)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*a* _b_ ~c~ ||d||", r"\*a\* \_b\_ \~c\~ \|\|d\|\|"),
        ("`x` ```y", r"\`x\` \`\`\`y"),
        ("[a](https://b.example)", r"\[a\](https\://b.example)"),
        ("<@12> <#1> <:e:1> <t:1:R>", r"\<@12\> \<#1\> \<:e:1\> \<t:1:R\>"),
        ("@everyone @here @ada", "@\u200beveryone @\u200bhere @ada"),
        ("# big\n- one\n1. two\n> three", "\\# big\n\\- one\n1\\. two\n\\> three"),
        ("-# small", r"\-# small"),
        ("C++ a-b 3.5", "C++ a-b 3.5"),
        ("back\\slash", r"back\\slash"),
        ("\x1b[31m\u202eabc\u200b", r"\[31mabc"),
    ],
)
def test_signs_of_markup_are_escaped(text: str, shown: str) -> None:
    assert escape(text) == shown


@given(SIGNS)
def test_what_is_read_is_what_was_written(text: str) -> None:
    assert ESCAPED.sub(r"\1", escape(text)).replace("\u200b", "") == text


@given(SIGNS)
def test_no_sign_stands_bare(text: str) -> None:
    bare = ESCAPED.sub("x", escape(text))
    assert not re.search(r"[*_~|`\[\]<>]|://|@everyone|@here", bare, re.IGNORECASE)
    assert not re.search(r"^\s*([-+#]|\d+\.)", bare, re.MULTILINE)


@given(SIGNS, st.integers(0, 80))
def test_a_cut_stays_within_its_room_and_breaks_no_escape(text: str, room: int) -> None:
    marked = fit(text, room, escape)
    assert len(marked) <= room
    assert marked == escape(text) or marked.endswith("…") or room < 1
    assert (len(marked) - len(marked.rstrip("\\"))) % 2 == 0


CODES = SIGNS.map(lambda text: Code(text.replace("\\", "").replace("*", "")))
"""Without the signs that mean nothing in code."""


@given(st.lists(st.one_of(SIGNS, SIGNS.map(Bold), CODES), max_size=5), st.integers(0, 80))
def test_spans_are_cut_as_a_whole(text: list[str | Bold | Code], room: int) -> None:
    marked = mark_text(tuple(text), room)
    assert len(marked) <= room
    bare = ESCAPED.sub("", marked)
    assert bare.count("**") % 2 == 0
    assert bare.count("`") % 2 == 0


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (Bold("a*b"), r"**a\*b**"),
        (Bold(" spaced "), " **spaced** "),
        (Bold(""), ""),
        (Code("/checkin 2h"), "`/checkin 2h`"),
        (Code("a`b"), "`a\u02cbb`"),
        (Code(""), ""),
        (Link("manual", "https://example.org/a(b)"), "[manual](<https://example.org/a%28b%29>)"),
        (Link("manual", "javascript:alert(1)"), "manual (javascript:alert(1))"),
        (Link("a]b", "https://example.org"), r"[a\]b](<https://example.org>)"),
        (Mention("42", "Ada"), "<@42>"),
        (Mention("U42", "A*da"), r"@A\*da"),
        (Timestamp(datetime(2026, 1, 5, 9, tzinfo=UTC), "UTC"), "<t:1767603600:f>"),
    ],
)
def test_spans(span: Bold | Code | Link | Mention | Timestamp, shown: str) -> None:
    assert mark(span) == shown


def test_what_cannot_be_cut_is_left_out() -> None:
    assert mark_text(("hello ", Mention("42", "Ada")), 8) == "hello …"
    assert mark_text((Link("a long manual", "https://example.org/"),), 32) == "[a lon…](<https://example.org/>)"
    assert mark_text((Link("manual", "https://example.org/"),), 10) == "…"


@pytest.mark.parametrize("host", ["discord.gg", "Discord.com/invite", "discordapp.com/invite", "discord.gift"])
def test_an_invitation_in_somebodys_words_is_shown_as_words(host: str) -> None:
    assert escape(f"join {host}/abc") == f"join {host}\\/abc"


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        (" two  words \n\n", "two words"),
        ("it closes <t:1767603600:f>", "it closes <t:1767603600>"),
        ("<@!42> is in", "<@42> is in"),
        ("<:party:1> at last", "<a:party:2> at last"),
        ("❤️ \u200b☺", "❤ ☺"),
        ("cafe\u0301", "caf\u00e9"),
    ],
)
def test_what_discord_has_normalised_compares_equal(sent: str, stored: str) -> None:
    assert comparable(sent) == comparable(stored)


@pytest.mark.parametrize(("one", "other"), [("2 h", "3 h"), ("a ✓", "a"), ("<@1>", "<@2>"), ("<t:1>", "<t:2>")])
def test_what_says_something_else_does_not(one: str, other: str) -> None:
    assert comparable(one) != comparable(other)


def test_control_characters_vanish_and_emoji_stay() -> None:
    assert legible("a\x00b\u2066c 👩\u200d💻\n") == "abc 👩\u200d💻\n"
    assert mark_code("a\nb") == "`a b`"
