"""Your data: take it all with you, see where you are signed in, the calendar feed, and erase everything."""

from dataclasses import dataclass

from adapters.web import cards, links
from adapters.web.controls import button
from adapters.web.document import document, open_form
from adapters.web.frame import Frame
from adapters.web.html import EMPTY, Html, tag
from bot.chat.card import Button, Card

ERASE = Button("Erase everything…", "mydata erase")


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One place where somebody is signed in; `since` and `seen` are words, `is_this` says that it is this one."""

    id: str
    words: str
    since: str
    seen: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class Data:
    """All that the page shows; `feed_url` is known only just after the feed was made."""

    sessions: tuple[SessionRow, ...]
    has_feed: bool = False
    feed_url: str | None = None


def render(frame: Frame, data: Data) -> str:
    """Return the whole page."""
    left = (_export(frame), _feed(frame, data))
    right = (_sessions(frame, data), _erase(frame))
    return document(
        frame,
        "Your data",
        open_form(frame),
        tag("div", *left, cls="stack c6"),
        tag("div", *right, cls="stack c6"),
    )


def _export(frame: Frame) -> Html:
    said = "Your check-ins, notes, goals, pauses, reminders and weeks, as a zip with JSON, CSV and Markdown."
    return _section(
        frame, "export", "Take it with you", tag("p", said), _send(frame, links.EXPORT, "Download everything")
    )


def _feed(frame: Frame, data: Data) -> Html:
    said = "Your kept weeks and your groups' posts as a calendar. Nothing that you planned or wrote is in it."
    content = [tag("p", said)]
    if data.feed_url is not None:
        field = tag("input", type="text", readonly=True, value=data.feed_url, id="feed-url", dir="ltr")
        content += [
            tag("div", tag("label", "Copy it now, it's shown once", for_="feed-url"), field, cls="field"),
            tag("p", "Whoever has this link can read the calendar.", cls="small grey"),
        ]
    label = "Make a new link" if data.has_feed else "Make a link"
    sends = [_send(frame, links.NEW_FEED, label)]
    if data.has_feed:
        content.append(tag("p", "A new link ends the old one.", cls="small grey"))
        sends.append(_send(frame, links.END_FEED, "End the link"))
    return _section(frame, "feed", "Calendar", *content, tag("div", *sends, cls="row"))


def _sessions(frame: Frame, data: Data) -> Html:
    items = [
        tag(
            "li",
            tag(
                "span",
                tag("b", row.words, dir="auto"),
                tag("br"),
                tag(
                    "span",
                    "this one" if row.is_this else f"last seen {row.seen}",
                    f", since {row.since}",
                    cls="small grey",
                ),
            ),
            EMPTY if row.is_this else _send(frame, links.END_SESSION, "End", {"session": row.id}, row.words),
        )
        for row in data.sessions
    ]
    out = _send(frame, links.SIGN_OUT_EVERYWHERE, "Sign out everywhere")
    return _section(frame, "sessions", "Where you're signed in", tag("ul", *items, cls="rows"), out)


def _erase(frame: Frame) -> Html:
    said = "Everything that's stored of you goes, in all groups. You're asked once more before it happens."
    return _section(frame, "erase", "Erase everything", tag("p", said), button(frame, ERASE))


def _section(frame: Frame, key: str, heading: str, *content: Html) -> Html:
    return cards.section(frame, key, Card(heading), *content, wide="")


def _send(frame: Frame, action: str, label: str, fields: dict[str, str] | None = None, about: str = "") -> Html:
    """Return a form of one button; `about` is heard behind its label."""
    values = {links.TOKEN: frame.token, **(fields or {})}
    hidden = [tag("input", type="hidden", name=name, value=value) for name, value in values.items()]
    more = tag("span", f": {about}", cls="vh") if about else EMPTY
    return tag("form", *hidden, tag("button", label, more), method="post", action=action, cls="inline")
