"""What every answer is made with: the core, the settings, the cookies, and the files that pages bring along."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe
from urllib.parse import urlencode

from aiohttp import web

from adapters.web.assets import Assets
from adapters.web.cookies import SESSION, VISIT, Cookies
from adapters.web.frame import Frame
from adapters.web.providers import Provider
from adapters.web.security import form_token, origin_of
from adapters.web.settings import WebSettings
from adapters.web.visitors import Visitors
from bot.adapter import Core
from bot.adapter.pages import Pages, SignInClient, Viewer
from bot.chat.form import Form
from bot.chat.request import Ask, Channel, CommandRequest, Reply, Via

FRAME = web.RequestKey("frame", Frame)
"""The surroundings of the page that is asked for, so that an error has them too."""

VISIT_BYTES = 24
REQUEST_BYTES = 18


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who is signed in, and the token by which their browser says so."""

    viewer: Viewer
    token: str

    def request(
        self, command: str, options: Mapping[str, str], via: Via, *, opens_form: bool = False
    ) -> CommandRequest:
        """Return a request of theirs, under an id that no other has: a counted one would be taken for an old one."""
        user = self.viewer.user
        request_id = f"web/{token_urlsafe(REQUEST_BYTES)}"
        channel = Channel(user.platform, user.team, None)
        return CommandRequest(request_id, user, channel, command, dict(options), via, opens_form=opens_form)

    def may_see(self, group: str) -> bool:
        """Return True for a group of theirs. What is another's is not told from what there is not."""
        return any(str(own.id) == group for own in self.viewer.groups)


class Site:
    """All that the routes share."""

    def __init__(
        self, settings: WebSettings, core: Core, providers: Mapping[str, Provider], visitors: Visitors, assets: Assets
    ) -> None:
        self.settings = settings
        self.core = core
        self.visitors = visitors
        self.assets = assets
        self.cookies = Cookies(is_secure=settings.is_secure)
        self.origin = origin_of(settings.pages_url)
        self.specs = {spec.name: spec for spec in core.commands}
        self._reading = frozenset(name for name, spec in self.specs.items() if spec.is_read_only)
        self._providers = providers

    @property
    def pages(self) -> Pages:
        """What the core keeps for pages."""
        return self.core.pages

    def now(self) -> datetime:
        """Return the instant, in UTC."""
        return self.core.now()

    def ways_in(self) -> dict[str, tuple[Provider, SignInClient]]:
        """Return by platform the ways to sign in with an account that the settings open."""
        clients = self.pages.sign_in_clients
        return {name: (way, clients[name]) for name, way in self._providers.items() if name in clients}

    async def find_signed_in(self, request: web.Request) -> SignedIn | None:
        """Return who asks; None for somebody who is not signed in, or no longer."""
        token = self.cookies.find(request, SESSION)
        viewer = await self.pages.find_viewer(token) if token else None
        return None if viewer is None else SignedIn(viewer, token)

    def frame(self, request: web.Request, signed_in: SignedIn, here: str = "", path: str = "") -> Frame:
        """Return the surroundings of a page of somebody who is signed in."""
        viewer = signed_in.viewer
        frame = Frame(
            path or request.path_qs,
            form_token(signed_in.token),
            viewer.user.name,
            tuple((str(group.id), group.name) for group in viewer.groups),
            frozenset(str(group.id) for group in viewer.groups if group.is_organised),
            here,
            viewer.outcome.card if isinstance(viewer.outcome, Reply) else None,
            _form_of(viewer),
            self._reading,
            self.assets.style,
        )
        request[FRAME] = frame
        return frame

    def stranger_frame(self, request: web.Request, token: str = "") -> Frame:
        """Return the surroundings of a page of somebody who is not signed in; `token` stands in its form, if any."""
        return Frame(request.path, token, style=self.assets.style)

    def visit_of(self, request: web.Request) -> str:
        """Return what tells this browser from others before anybody signs in; a new one where it has none yet."""
        return self.cookies.find(request, VISIT) or token_urlsafe(VISIT_BYTES)


def _form_of(viewer: Viewer) -> Form | None:
    return viewer.outcome.form if isinstance(viewer.outcome, Ask) else None


def page(text: str, status: int = 200) -> web.Response:
    """Return a page."""
    return web.Response(text=text, content_type="text/html", charset="utf-8", status=status)


def lead_to(path: str) -> web.Response:
    """Return an answer that leads on to a page, which is then asked for by GET."""
    return web.Response(status=303, headers={"Location": path})


def sign_in_path(next_path: str) -> str:
    """Return where somebody who is not signed in begins, to come to a page of ours."""
    return f"/sign-in?{urlencode({'next': next_path})}"
