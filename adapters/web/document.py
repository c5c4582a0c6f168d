"""The document around a page: the head, the way between pages, and the foot."""

from adapters.web import cards, forms, links
from adapters.web.charts import svg
from adapters.web.controls import hidden
from adapters.web.frame import Frame
from adapters.web.html import EMPTY, Html, join, tag, words
from bot.chat.form import Form

NAME = "Ten Hours"
HEAD = Html(
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<meta name="robots" content="noindex, nofollow"><meta name="color-scheme" content="light dark">'
)
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' "
    "height='16' rx='4' fill='%235457dd'/%3E%3Cpath d='M4 8.4l2.6 2.6L12 5.4' fill='none' stroke='%23fff' "
    "stroke-width='2'/%3E%3C/svg%3E"
)
"""The page's own sign in a tab: nothing has to be fetched for it."""
WAYS = (
    (links.WEEKS, "All weeks"),
    (links.JOURNAL, "Journal"),
    (links.SETTINGS, "Settings"),
    (links.DATA, "Your data"),
)


def document(frame: Frame, title: str, *content: Html, foot: Html = EMPTY, heading: str = "") -> str:
    """Return a page of somebody who is signed in; what came of what they sent before stands first."""
    main = tag(
        "main",
        tag("h1", heading or title, cls="vh"),
        cards.outcome(frame, frame.outcome) if frame.outcome is not None else EMPTY,
        *content,
        id="main",
        tabindex="-1",
    )
    skip = tag("a", "Skip to the page", href="#main", cls="skip")
    footer = tag("footer", foot, _ways(frame), cls="foot")
    return _whole(frame, title, join((skip, _top(frame), main, footer)))


def small(frame: Frame, title: str, *content: Html) -> str:
    """Return a page with one card in the middle, for whoever is not signed in."""
    return _whole(frame, title, tag("main", _brand("/"), *content, id="main", cls="one"))


def open_form(frame: Frame, *commands: str) -> Html:
    """Return the form that was refused or asked for, where it is not one of those that the page has itself."""
    form = frame.refused
    return EMPTY if form is None or form.command in commands else form_card(frame, form, "open")


def form_card(frame: Frame, form: Form, key: str) -> Html:
    """Return a form as a card of its own."""
    heading = tag("header", tag("h2", form.title, id=key))
    return tag("section", heading, forms.render(frame, form), cls="card c12 narrow", aria_labelledby=key)


def post_link(frame: Frame, action: str, label: str) -> Html:
    """Return what looks like a link and changes something, so it is sent."""
    fields = tag("input", type="hidden", name=links.TOKEN, value=frame.token)
    return tag("form", fields, tag("button", label, cls="plain"), method="post", action=action, cls="inline")


def command_link(frame: Frame, command: str, label: str, options: dict[str, str]) -> Html:
    """Return what looks like a link and gives a command."""
    button = tag("button", label, cls="plain")
    return tag("form", hidden(frame, command, options), button, method="post", action=links.DO, cls="inline")


def _whole(frame: Frame, title: str, body: Html) -> str:
    head = join(
        (
            HEAD,
            tag("title", f"{title} · {NAME}" if title != NAME else NAME),
            tag("link", rel="icon", href=Html(ICON)),
            tag("link", rel="stylesheet", href=frame.style),
        )
    )
    return f'<!doctype html>\n<html lang="en">\n<head>{head}</head>\n<body>{body}</body>\n</html>\n'


def _top(frame: Frame) -> Html:
    entries = [(links.ME, "Me", "me"), *((links.group(id_), name, f"group:{id_}") for id_, name in frame.groups)]
    ways = [
        tag("a", tag("bdi", name), href=href, aria_current="page" if frame.here == here else None)
        for href, name, here in entries
    ]
    you = tag("p", "You're ", tag("b", frame.viewer or "", dir="auto"), cls="who")
    return tag("header", _brand(links.ME), tag("nav", *ways, aria_label="Pages"), you, cls="top")


def _brand(href: str) -> Html:
    return tag("a", svg.LOGO, NAME, cls="brand", href=href)


def _ways(frame: Frame) -> Html:
    """Return the ways to what has no entry of its own above."""
    pages = (
        (links.WEEKS, "All weeks"),
        (links.JOURNAL, "Journal"),
        (links.SETTINGS, "Settings"),
        (links.DATA, "Your data"),
    )
    shown = [tag("li", tag("a", words(label), href=href)) for href, label in pages]
    out = tag("li", post_link(frame, links.SIGN_OUT, "Sign out"))
    return tag("nav", tag("ul", *shown, out, cls="row"), aria_label="More")
