"""Whatever members write, in whichever place of a card, notifies nobody and makes no markup, on both platforms."""

import re
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.render import render
from adapters.slack.render import message, view_blocks
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
    for as_post in (False, True):
        drawn = render(card, as_post=as_post)
        assert not drawn.content
        assert not drawn.pings
        for text in (found for embed in drawn.embeds for found in _strings(embed)):
            code_apart = re.sub(r"```.*?```|`[^`]*`", "", text.replace("\\`", ""), flags=re.DOTALL)
            live = ESCAPED.sub("", code_apart)
            assert not DISCORD_LIVE.search(live), text


@given(CARDS)
def test_a_card_on_slack_holds_no_live_angle_bracket(card: Card) -> None:
    drawn = message(card)
    fallback = SLACK_ENTITY.sub("", drawn["text"])
    assert not re.search(r"[<>&]", fallback), fallback
    for text in _mrkdwn([drawn["blocks"], view_blocks(card)]):
        assert not re.search(r"[<>&]", SLACK_ENTITY.sub("", text)), text


@given(CARDS)
def test_a_card_on_slack_names_no_one_in_rich_text(card: Card) -> None:
    kinds = set(_kinds(message(card)["blocks"]))
    assert not kinds & {"user", "usergroup", "broadcast", "channel", "link"}


def _strings(found: Any) -> Iterator[str]:
    """Every text of an embed."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for key, value in found.items():
            if key != "type":
                yield from _strings(value)
    elif isinstance(found, list):
        for each in found:
            yield from _strings(each)


def _objects(found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(found, dict):
        yield found
        for value in found.values():
            yield from _objects(value)
    elif isinstance(found, list):
        for each in found:
            yield from _objects(each)


def _mrkdwn(found: Any) -> Iterator[str]:
    return (each["text"] for each in _objects(found) if each.get("type") == "mrkdwn")


def _kinds(found: Any) -> Iterator[str]:
    return (each["type"] for each in _objects(found) if isinstance(each.get("type"), str))
