"""What is looked at: the pages, each made of the answers to its questions."""

from collections.abc import Mapping
from datetime import datetime
from types import ModuleType
from typing import Protocol, cast
from zoneinfo import ZoneInfo

from aiohttp import web

from adapters.web import links
from adapters.web.cookies import FEED, SESSION
from adapters.web.frame import Answers, Frame, Question
from adapters.web.limits import LONG_COOKIE_SECONDS
from adapters.web.pages import card, data, form, group, group_settings, journal, me, settings, weeks
from adapters.web.pages.data import Data, SessionRow
from adapters.web.security import local_path
from adapters.web.site import SignedIn, Site, lead_to, page, sign_in_path
from bot.adapter.pages import PersonalData
from bot.chat.request import Answer, Attachment, CommandRequest, Reply, Via

GROUP = "group"
PREFETCHED = ("Sec-Purpose", "Purpose")
"""Headers of a browser that fetches a page which nobody looks at yet."""


class PageModule(Protocol):
    """A page: what it asks, and the document of the answers."""

    def questions(self, arguments: Mapping[str, str]) -> tuple[Question, ...]:
        """Return what it asks."""
        ...

    def render(self, frame: Frame, answers: Answers) -> str:
        """Return the document."""
        ...


PLAIN_PAGES: Mapping[str, tuple[ModuleType, str]] = {
    links.ME: (me, "me"),
    links.JOURNAL: (journal, ""),
    links.WEEKS: (weeks, ""),
    links.SETTINGS: (settings, ""),
}
GROUP_PAGES: Mapping[str, ModuleType] = {links.GROUP: group, links.GROUP_SETTINGS: group_settings}


class Reading:
    """The routes of pages. What somebody may see is asked anew each time."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add the routes."""
        router.add_get("/", self._on_root)
        for path in PLAIN_PAGES:
            router.add_get(path, self._on_plain_page)
        for path in GROUP_PAGES:
            router.add_get(path, self._on_group_page)
        router.add_get(links.SEE, self._on_card)
        router.add_get(links.FORM, self._on_form)
        router.add_get(links.DATA, self._on_data)

    async def _on_root(self, _request: web.Request) -> web.Response:
        return lead_to(links.ME)

    async def _on_plain_page(self, request: web.Request) -> web.Response:
        signed_in = await self._site.find_signed_in(request)
        if signed_in is None:
            return self._ask_to_sign_in(request)
        module, here = PLAIN_PAGES[request.path]
        frame = self._site.frame(request, signed_in, here)
        return await self._show(request, signed_in, frame, module, dict(request.query))

    async def _on_group_page(self, request: web.Request) -> web.Response:
        signed_in = await self._site.find_signed_in(request)
        if signed_in is None:
            return self._ask_to_sign_in(request)
        group_id, is_settings = request.match_info[GROUP], request.path.endswith("/settings")
        frame = self._site.frame(request, signed_in, f"group:{group_id}")
        if not signed_in.may_see(group_id) or (is_settings and group_id not in frame.organised):
            raise web.HTTPNotFound
        module = group_settings if is_settings else group
        return await self._show(request, signed_in, frame, module, {**request.query, GROUP: group_id})

    async def _on_card(self, request: web.Request) -> web.Response:
        signed_in = await self._site.find_signed_in(request)
        if signed_in is None:
            return self._ask_to_sign_in(request)
        frame = self._site.frame(request, signed_in)
        spec = self._site.specs.get(request.query.get(links.COMMAND, ""))
        if spec is None or not spec.is_read_only:
            raise web.HTTPNotFound
        return await self._show(request, signed_in, frame, card, dict(request.query))

    async def _on_form(self, request: web.Request) -> web.Response:
        signed_in = await self._site.find_signed_in(request)
        if signed_in is None:
            return self._ask_to_sign_in(request)
        back = local_path(request.query.get(links.BACK, ""), links.ME)
        frame = self._site.frame(request, signed_in, path=back)
        return await self._show(request, signed_in, frame, form, dict(request.query))

    async def _on_data(self, request: web.Request) -> web.Response:
        signed_in = await self._site.find_signed_in(request)
        if signed_in is None:
            return self._ask_to_sign_in(request)
        frame = self._site.frame(request, signed_in)
        kept = await self._site.pages.list_personal_data(signed_in.viewer)
        token = self._site.cookies.find(request, FEED)
        response = page(data.render(frame, self._data(kept, signed_in, token)))
        if token:
            self._site.cookies.take_back(response, FEED)
        return await self._finish(request, signed_in, response)

    def _data(self, kept: PersonalData, signed_in: SignedIn, feed_token: str) -> Data:
        rows = tuple(
            SessionRow(
                str(session.id),
                session.device,
                _day_in(signed_in.viewer.zone, session.made_at),
                _day_in(signed_in.viewer.zone, session.seen_at),
                session.id == signed_in.viewer.session,
            )
            for session in kept.sessions
        )
        url = f"{self._site.pages.url}/feed/{feed_token}.ics" if feed_token else None
        return Data(rows, kept.feed_made_at is not None, url)

    async def _show(
        self,
        request: web.Request,
        signed_in: SignedIn,
        frame: Frame,
        module: ModuleType,
        arguments: Mapping[str, str],
    ) -> web.Response:
        """Return a page with the answers to its questions, all of them as of one instant."""
        shown = cast(PageModule, module)
        questions = shown.questions(arguments)
        for question in questions:
            if question.options.get(GROUP) and not signed_in.may_see(question.options[GROUP]):
                raise web.HTTPNotFound
        answers = await self._site.core.look([self._request(signed_in, question) for question in questions])
        for answer in answers:
            if isinstance(answer, Reply) and answer.attachment is not None:
                return file_response(answer.attachment)
        by_key: dict[str, Answer] = dict(zip((question.key for question in questions), answers, strict=True))
        return await self._finish(request, signed_in, page(shown.render(frame, by_key)))

    def _request(self, signed_in: SignedIn, question: Question) -> CommandRequest:
        """Return the request of a question. A form comes filled in where its command fills it when it is asked for."""
        spec = self._site.specs.get(question.command)
        fills = spec is not None and spec.needs_form(question.options)
        return signed_in.request(
            question.command, question.options, Via.SLASH, opens_form=question.opens_form and not fills
        )

    async def _finish(self, request: web.Request, signed_in: SignedIn, response: web.Response) -> web.Response:
        """Let what was shown once be shown no more, and a session that stays stay longer."""
        is_seen = request.method == "GET" and not any(name in request.headers for name in PREFETCHED)
        if signed_in.viewer.outcome is not None and is_seen:
            await self._site.pages.set_outcome(signed_in.viewer, None)
        if signed_in.viewer.is_renewed:
            self._site.cookies.give(response, SESSION, signed_in.token, LONG_COOKIE_SECONDS)
        return response

    def _ask_to_sign_in(self, request: web.Request) -> web.Response:
        response = lead_to(sign_in_path(local_path(request.path_qs, links.ME)))
        if self._site.cookies.find(request, SESSION):
            self._site.cookies.take_back(response, SESSION)
        return response


def _day_in(zone: str, instant: datetime) -> str:
    """Return the day of an instant where its reader lives: 5 January 2026."""
    local = instant.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%B %Y}"


def file_response(attachment: Attachment) -> web.Response:
    """Return a file for its owner to keep."""
    headers = {"Content-Disposition": f'attachment; filename="{attachment.name}"'}
    return web.Response(body=attachment.content, content_type=attachment.media_type, headers=headers)
