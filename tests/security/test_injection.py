"""Whatever members write, in whichever place of a card, notifies nobody and makes no markup, on both platforms."""

import re
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.layouts import Layout, render
from adapters.slack.render import render_message, render_view_blocks
from bot.chat.card import Actions, Bar, Button, Card, Column, Fact, Facts, Line, Note, Quote, Table
from bot.chat.text import Bold

TOKENS = [
    "@everyone", "@here", "<@1>", "<@!1>", "<@&1>", "<#1>", "<:e:1>", "<t:1:R>", "<!channel>", "<!here>",
    "<!subteam^S1>",
    "<@U1>", "<http://evil.example|bank>", "[bank](http://evil.example)", "http://evil.example", "*", "_", "~", "`",
    "```",
    "||", ">", "#", "-", "1.", "&lt;!channel&gt;", "&", "\\", "\n", " ", "\u202e", "\u200b", "a", "漢", "👩\u200d💻",
]  # fmt: skip
HOSTILE = st.lists(st.sampled_from(TOKENS), min_size=1, max_size=8).map("".join)
CARDS = st.builds(
    lambda words: Card(
        words[0],
        (
            Line((words[1], Bold(words[2]), words[3])),
            Note((words[4],)),
            Quote(words[5]),
            Facts((Fact(words[6], (words[7],)),)),
            Bar(1, 2, words[8]),
            Table((Column(words[9]),), ((words[10],), (words[0],))),
            Actions((Button(words[11], "checkin"),)),
        ),
    ),
    st.lists(HOSTILE, min_size=12, max_size=12),
)
ESCAPED = re.compile(r"\\[^0-9A-Za-z\s]")
DISCORD_LIVE = re.compile(r"<[@#:!t]|@everyone|@here|\]\(|https?://", re.IGNORECASE)
SLACK_ENTITY = re.compile(r"&(amp|lt|gt);")


@given(CARDS)
def test_a_card_on_discord_pings_nobody_and_links_nowhere(card: Card) -> None:
    for layout in Layout:
        rendered = render(card, layout)
        assert not rendered.pings
        for text in (rendered.content, *(string for part in rendered.parts for string in _strings(part))):
            code_apart = re.sub(r"```.*?```|`[^`]*`", "", text.replace("\\`", ""), flags=re.DOTALL)
            live = ESCAPED.sub("", code_apart)
            assert not DISCORD_LIVE.search(live), text


@given(CARDS)
def test_a_card_on_slack_holds_no_live_angle_bracket(card: Card) -> None:
    rendered = render_message(card)
    fallback = SLACK_ENTITY.sub("", rendered["text"])
    assert not re.search(r"[<>&]", fallback), fallback
    for text in _mrkdwn([rendered["blocks"], render_view_blocks(card)]):
        assert not re.search(r"[<>&]", SLACK_ENTITY.sub("", text)), text


@given(CARDS)
def test_a_card_on_slack_names_no_one_in_rich_text(card: Card) -> None:
    kinds = set(_kinds(render_message(card)["blocks"]))
    assert not kinds & {"user", "usergroup", "broadcast", "channel", "link"}


def _strings(part: Any) -> Iterator[str]:
    """Yield every text of an embed."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for key, value in part.items():
            if key != "type":
                yield from _strings(value)
    elif isinstance(part, list):
        for item in part:
            yield from _strings(item)


def _objects(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from _objects(value)
    elif isinstance(part, list):
        for item in part:
            yield from _objects(item)


def _mrkdwn(blocks: Any) -> Iterator[str]:
    return (part["text"] for part in _objects(blocks) if part.get("type") == "mrkdwn")


def _kinds(blocks: Any) -> Iterator[str]:
    return (part["type"] for part in _objects(blocks) if isinstance(part.get("type"), str))
