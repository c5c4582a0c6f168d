"""Errors: what happened in a few words, and what to do about it."""

from adapters.web import links
from adapters.web.document import small
from adapters.web.frame import Frame
from adapters.web.html import EMPTY, tag

OTHER = ("That didn't work.", "Go back and try it once more.")
WORDS = {
    400: ("I couldn't read that.", "Go back and try it once more."),
    403: ("This form is too old, or came from somewhere else.", "Open the page again and send it from there."),
    404: ("There's nothing here.", "The page may have moved, or it isn't one of yours."),
    405: ("That's not how this page works.", "Open it from your page."),
    408: ("That took too long.", "Go back and try it once more."),
    413: ("That's too much at once.", "Shorten it and send it again."),
    429: ("That was a lot in a short time.", "Wait a minute, then go on."),
    500: ("Something broke on my side.", "Nothing of yours is lost. Try it once more in a minute."),
    503: ("I'm just starting, or resting for a moment.", "Try it once more in a minute."),
}


def render(frame: Frame, status: int) -> str:
    """Return the page of an HTTP status."""
    happened, what_to_do = WORDS.get(status, OTHER)
    home = tag("p", tag("a", "Your page", cls="button", href=links.ME)) if frame.viewer is not None else EMPTY
    card = tag("section", tag("h1", tag("b", happened), cls="lead"), tag("p", what_to_do), home, cls="card")
    return small(frame, happened.rstrip("."), card)
