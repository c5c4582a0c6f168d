"""A group's settings for its organisers: what it is, its posts, areas, organisers and members."""

from collections.abc import Mapping

from adapters.web import cards, links
from adapters.web.document import document, open_form
from adapters.web.frame import Answers, Frame, Question, card_of
from adapters.web.html import Html, tag
from bot.chat.card import Menu
from bot.chat.request import Reply

KEYS = ("settings", "schedule", "areas", "organisers", "members")
HEADINGS = {
    "settings": "Settings",
    "schedule": "Posts",
    "areas": "Areas",
    "organisers": "Organisers",
    "members": "Members",
}


def questions(arguments: Mapping[str, str]) -> tuple[Question, ...]:
    """Return what the page asks: the cards that organisers see in chat, of the group that the address names."""
    group = {"group": arguments.get("group", "")}
    page = {"page": arguments["page"]} if arguments.get("page") else {}
    return tuple(Question(key, f"group {key}", {**group, **(page if key == "members" else {})}) for key in KEYS)


def render(frame: Frame, answers: Answers) -> str:
    """Return the whole page; to whoever may not see it, what the core says of that."""
    first = answers.get("settings")
    name = card_of(answers, "settings").title or "Settings"
    if not isinstance(first, Reply) or first.is_wrong:
        return document(frame, "Settings", cards.section(frame, "settings", card_of(answers, "settings")))
    back = tag("p", tag("a", "Back to the group", href=links.group(frame.here.partition(":")[2])), cls="c12")
    left = [_section(frame, answers, key) for key in ("settings", "areas")]
    right = [_section(frame, answers, key) for key in ("schedule", "organisers")]
    return document(
        frame,
        f"Settings of {name}",
        open_form(frame),
        tag("div", *left, cls="stack c6"),
        tag("div", *right, cls="stack c6"),
        _section(frame, answers, "members", "c12"),
        back,
    )


def _section(frame: Frame, answers: Answers, key: str, wide: str = "") -> Html:
    card = card_of(answers, key)
    shown = [block for block in card.blocks if not (key == "settings" and isinstance(block, Menu))]
    heading = cards.with_title(card, HEADINGS[key])
    return cards.section(frame, key, heading, *cards.blocks(frame, shown), wide=wide)
