"""Signing in: the link from chat, which a button opens; a link that is used; other ways; somebody nobody knows."""

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.web import links
from adapters.web.document import small
from adapters.web.frame import Frame
from adapters.web.html import EMPTY, Html, tag

STAY = "stay"


@dataclass(frozen=True, slots=True)
class SignIn:
    """A link from chat: whose it is, until when it works in words, and where its button sends."""

    name: str
    account: str
    until_words: str
    action: str
    can_stay: bool = True


def render(frame: Frame, sign_in: SignIn) -> str:
    """Return the page that a link from chat shows; nothing has been opened before its button is pressed."""
    first = next((letter for letter in sign_in.name if letter.isalnum()), "?").upper()
    who = tag(
        "div",
        tag("span", first, cls="face", aria_hidden="true"),
        tag(
            "p",
            tag("b", sign_in.name, dir="auto"),
            tag("br"),
            tag("span", sign_in.account, cls="small grey", dir="auto"),
        ),
        cls="ident",
    )
    stay = tag(
        "label",
        tag("input", type="checkbox", name=STAY, value="1"),
        tag("span", "Keep me signed in here (30 days)"),
        cls="check",
    )
    form = tag(
        "form",
        tag("input", type="hidden", name=links.TOKEN, value=frame.token),
        stay if sign_in.can_stay else EMPTY,
        tag("button", "Open your page", cls="main"),
        method="post",
        action=sign_in.action,
    )
    lead = tag("h1", "This link opens your own page: your week, your streak and your journal.", cls="lead")
    note = f"The link works once, {sign_in.until_words}. Without the tick you're signed out when the browser closes."
    card = _card(who, lead, form, tag("p", note, cls="small grey"))
    return small(
        frame, "Sign in", card, tag("p", "Not you? Close this page; nothing has been opened.", cls="small grey")
    )


def render_used(frame: Frame) -> str:
    """Return the page of a link that was used, or is too old."""
    return small(
        frame,
        "Link used",
        _card(tag("h1", tag("b", "This link has been used or is too old."), cls="lead"), _how_to_get("a new one")),
    )


def render_choose(frame: Frame, providers: Sequence[tuple[str, str]]) -> str:
    """Return the page of whoever comes without a link: the platforms to sign in with, and the way by chat."""
    heading = tag("h1", tag("b", "Sign in to see your page."), cls="lead")
    ways = [tag("a", f"Sign in with {name}", cls="button main wide", href=href) for name, href in providers]
    chat = tag("p", "Or type ", tag("code", "/dashboard"), " in chat and you'll get a link.", cls="small grey")
    return small(frame, "Sign in", _card(heading, *ways, chat if ways else _how_to_get("a link")))


def render_unknown(frame: Frame, platform: str) -> str:
    """Return the page of somebody who signed in with an account that nobody here knows."""
    heading = tag("h1", tag("b", f"I don't know that {platform} account yet."), cls="lead")
    how = tag(
        "p",
        "Join a study group there, or log some time with ",
        tag("code", "/checkin 1h"),
        ". Your page begins with it.",
    )
    return small(frame, "Not known yet", _card(heading, how, tag("p", tag("a", "Try another way", href="/sign-in"))))


def _how_to_get(link: str) -> Html:
    return tag("p", "Type ", tag("code", "/dashboard"), f" in Discord or Slack and you'll get {link}.")


def _card(*content: Html) -> Html:
    return tag("section", *content, cls="card")
