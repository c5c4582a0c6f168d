"""The addresses of the pages, in one place: what links to them and what serves them read them here."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

ME = "/me"
GROUP = "/group/{group}"
GROUP_SETTINGS = "/group/{group}/settings"
JOURNAL = "/journal"
WEEKS = "/weeks"
SETTINGS = "/settings"
DATA = "/data"
SEE = "/see"
"""The card of any command that only reads: `/see?command=leaderboard&period=last+week`."""
FORM = "/form"
"""The form of any command, filled in with options: `/form?command=edit&checkin=12`."""
DO = "/do"
"""Where every form and button of a card is sent."""
SIGN_OUT = "/out"
SIGN_OUT_EVERYWHERE = "/out-everywhere"
END_SESSION = "/sessions/end"
EXPORT = "/export"
NEW_FEED = "/feed/new"
END_FEED = "/feed/off"

COMMAND, BACK, TOKEN, AS_FORM = "command", "back", "csrf", "as_form"
"""Fields of every form that is sent to `DO`: the command, the page to return to, the token, and "1" of a form."""
OPTION_PREFIX = "o."
"""In front of the names of a command's options."""
PRESSED_PREFIX = "q."
"""In front of the name of an option that a button of a form fills: what is pressed counts before what is typed."""

OWN_PAGES = {"journal": JOURNAL, "history": WEEKS, "page me": ME}
"""The pages of commands that have one to themselves."""


def group(group_id: str) -> str:
    """Return the address of a group's page."""
    return GROUP.format(group=quote(group_id, safe=""))


def group_settings(group_id: str, page: str = "") -> str:
    """Return the address of a group's settings; `page` is that of its members."""
    return _with_query(GROUP_SETTINGS.format(group=quote(group_id, safe="")), {"page": page} if page else {})


def see(command: str, options: Mapping[str, str]) -> str:
    """Return the address of the card of a command that only reads."""
    if command in OWN_PAGES:
        return _with_query(OWN_PAGES[command], options)
    return _with_query(SEE, {COMMAND: command, **options})


def form(command: str, options: Mapping[str, str], back: str = "") -> str:
    """Return the address of a command's form; `back` is the page from which it is opened."""
    return _with_query(FORM, {COMMAND: command, **options, **({BACK: back} if back else {})})


def _with_query(path: str, options: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(options)}" if options else path
