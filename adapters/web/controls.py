"""Buttons: what only reads or opens a form is a link, and all else a small form of its own that is sent."""

from collections.abc import Iterable, Mapping

from adapters.web import links
from adapters.web.frame import Frame
from adapters.web.html import EMPTY, Html, join, tag
from bot.chat.card import Button, LinkButton, Menu, Style

LEFT_OUT = ("mydata import", "group move", "group start")
"""Commands that need a file or a channel, which only a platform knows: no page has their buttons."""
OF_SETTINGS = frozenset({"group settings", "group schedule", "group areas", "group organisers", "group members"})
"""Commands whose cards, where nothing is to be changed, stand on the page of a group's settings."""
HERE = frozenset({"checkin"})
"""Commands whose empty form stands on one's own page."""


def buttons(frame: Frame, given: Iterable[Button], kind: str = "row") -> Html:
    """Return buttons side by side; nothing where there are none."""
    shown = [button(frame, one) for one in given if not one.command.startswith(LEFT_OUT)]
    return tag("div", *shown, cls=kind) if shown else EMPTY


def button(frame: Frame, given: Button) -> Html:
    """Return one button."""
    kind = {Style.PRIMARY: "main", Style.DANGER: "danger", Style.PLAIN: ""}[given.style]
    address = _find_address(frame, given)
    if address is not None:
        return tag("a", given.label, cls=f"button {kind}".rstrip(), href=address)
    return tag(
        "form",
        hidden(frame, given.command, given.options),
        tag("button", given.label, cls=kind),
        method="post",
        action=links.DO,
        cls="inline",
    )


def hidden(frame: Frame, command: str, options: Mapping[str, str], *, is_form: bool = False) -> Html:
    """Return the unseen fields of every form that is sent: the token, the command, the way back, and options."""
    fields = {links.TOKEN: frame.token, links.COMMAND: command, links.BACK: frame.path}
    if is_form:
        fields[links.AS_FORM] = "1"
    fields |= {f"{links.OPTION_PREFIX}{name}": value for name, value in options.items()}
    return join(tag("input", type="hidden", name=name, value=value) for name, value in fields.items())


def menu(frame: Frame, given: Menu) -> Html:
    """Return the buttons of a list, of which the one that is shown is marked."""
    shown = []
    for index, one in enumerate(given.buttons):
        if not one.command.startswith(LEFT_OUT):
            address = _find_address(frame, one)
            is_chosen = index == given.chosen
            link = address is not None and tag(
                "a", one.label, href=address, cls="chip", aria_current="true" if is_chosen else None
            )
            shown.append(tag("li", link or button(frame, one)))
    if not shown:
        return EMPTY
    return tag("div", tag("h3", given.label), tag("ul", *shown, cls="chips"), cls="menu")


def outside(given: Iterable[LinkButton]) -> Html:
    """Return links to other places; only those of the web are shown."""
    shown = [outside_link(one.label, one.url, "button") for one in given]
    return tag("div", *shown, cls="row") if shown else EMPTY


def outside_link(label: str, url: str, kind: str = "") -> Html:
    """Return a link to another place, which is not told where its reader comes from; words alone for anything else."""
    if not url.startswith(("https://", "http://")):
        return tag("span", label)
    return tag("a", label, href=url, cls=kind, rel="noopener noreferrer nofollow")


def _find_address(frame: Frame, given: Button) -> str | None:
    """Return where a button leads without sending anything; None where it changes something."""
    if given.opens_form:
        if given.command in HERE and not given.options:
            return f"{links.ME}#form-{given.command}"
        return links.form(given.command, given.options, frame.path)
    if given.command in OF_SETTINGS and set(given.options) <= {"group", "page"} and "group" in given.options:
        return links.group_settings(given.options["group"], given.options.get("page", ""))
    return links.see(given.command, given.options) if given.command in frame.reading else None
