"""What is sent: commands, and all that somebody does about their own sessions, data and calendar."""

from aiohttp import web

from adapters.web import limits, links
from adapters.web.cookies import FEED, SESSION
from adapters.web.incoming import options_of, read_form
from adapters.web.pages import after
from adapters.web.reading import GROUP, file_response
from adapters.web.security import local_path
from adapters.web.site import SignedIn, Site, lead_to, page, sign_in_path
from bot.chat.request import Reply, Via

EXPORT_COMMAND = "mydata export"
ERASE_COMMAND = "mydata erase"
SESSION_FIELD = "session"
Fields = dict[str, str]


class Sending:
    """The routes that change something: each takes a form of a page that was made for this session."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add the routes."""
        router.add_post(links.DO, self._on_do)
        router.add_post(links.EXPORT, self._on_export)
        router.add_post(links.SIGN_OUT, self._on_sign_out)
        router.add_post(links.SIGN_OUT_EVERYWHERE, self._on_sign_out_everywhere)
        router.add_post(links.END_SESSION, self._on_end_session)
        router.add_post(links.NEW_FEED, self._on_new_feed)
        router.add_post(links.END_FEED, self._on_end_feed)

    async def _on_do(self, request: web.Request) -> web.Response:
        signed_in, fields = await self._read(request)
        options = options_of(fields)
        if options.get(GROUP) and not signed_in.may_see(options[GROUP]):
            raise web.HTTPNotFound
        command, via = fields.get(links.COMMAND, ""), Via.FORM if fields.get(links.AS_FORM) else Via.BUTTON
        answer = await self._site.core.handle(signed_in.request(command, options, via))
        if isinstance(answer, Reply):
            if answer.attachment is not None:
                return file_response(answer.attachment)
            if command == ERASE_COMMAND and await self._site.pages.find_viewer(signed_in.token) is None:
                return self._say_goodbye(request, answer)
        is_secret = isinstance(answer, Reply) and answer.is_secret
        await self._site.pages.set_outcome(signed_in.viewer, None if is_secret else answer)
        return lead_to(local_path(fields.get(links.BACK, ""), links.ME))

    async def _on_export(self, request: web.Request) -> web.Response:
        signed_in, _ = await self._read(request)
        answer = await self._site.core.handle(signed_in.request(EXPORT_COMMAND, {}, Via.BUTTON))
        if isinstance(answer, Reply) and answer.attachment is not None:
            return file_response(answer.attachment)
        await self._site.pages.set_outcome(signed_in.viewer, answer)
        return lead_to(links.DATA)

    async def _on_sign_out(self, request: web.Request) -> web.Response:
        signed_in, _ = await self._read(request)
        await self._site.pages.sign_out(signed_in.token)
        return self._lead_out()

    async def _on_sign_out_everywhere(self, request: web.Request) -> web.Response:
        signed_in, _ = await self._read(request)
        await self._site.pages.sign_out_everywhere(signed_in.viewer)
        return self._lead_out()

    async def _on_end_session(self, request: web.Request) -> web.Response:
        signed_in, fields = await self._read(request)
        number = fields.get(SESSION_FIELD, "")
        if not (number.isascii() and number.isdigit() and len(number) <= limits.MOST_ID_DIGITS):
            raise web.HTTPNotFound
        await self._site.pages.end_session(signed_in.viewer, int(number))
        return lead_to(links.DATA)

    async def _on_new_feed(self, request: web.Request) -> web.Response:
        signed_in, _ = await self._read(request)
        token = await self._site.pages.renew_feed(signed_in.viewer)
        response = lead_to(links.DATA)
        self._site.cookies.give(response, FEED, token, limits.FEED_COOKIE_SECONDS)
        return response

    async def _on_end_feed(self, request: web.Request) -> web.Response:
        signed_in, _ = await self._read(request)
        await self._site.pages.end_feed(signed_in.viewer)
        return lead_to(links.DATA)

    async def _read(self, request: web.Request) -> tuple[SignedIn, Fields]:
        """Return who sends a form, and its fields. Raises `HTTPSeeOther` where nobody is signed in any more."""
        fields = await read_form(request, self._site.cookies.find(request, SESSION), self._site.origin)
        signed_in = await self._site.find_signed_in(request)
        if signed_in is None:
            raise web.HTTPSeeOther(sign_in_path(local_path(fields.get(links.BACK, ""), links.ME)))
        return signed_in, fields

    def _lead_out(self) -> web.Response:
        response = lead_to("/sign-in")
        self._site.cookies.take_back(response, SESSION)
        return response

    def _say_goodbye(self, request: web.Request, answer: Reply) -> web.Response:
        """Show at once what is left to say: the session, which would remember it, is erased too."""
        response = page(after.render(self._site.stranger_frame(request), answer.card))
        self._site.cookies.take_back(response, SESSION)
        return response
