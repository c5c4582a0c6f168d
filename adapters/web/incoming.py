"""Forms as they come in: believed only from a page of ours, read only in time, and no further than forms are long."""

import asyncio
from collections.abc import Mapping
from urllib.parse import parse_qsl

from aiohttp import web

from adapters.web import limits, links
from adapters.web.security import is_form_token, is_from_us

FORM_TYPE = "application/x-www-form-urlencoded"


async def read_form(request: web.Request, secret: str, origin: str) -> dict[str, str]:
    """Return the fields of a form that a page of ours was sent with, for whoever has `secret`.

    Of a field that comes twice, the last value that is not empty counts. Raises `HTTPForbidden` for a form from
    elsewhere, before its body is read, and other `HTTPException`s for what is no form or too long.
    """
    if not is_from_us(request.headers, origin):
        raise web.HTTPForbidden
    if request.content_type != FORM_TYPE:
        raise web.HTTPBadRequest
    async with asyncio.timeout(limits.BODY_SECONDS):
        body = await request.read()
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=limits.MOST_FIELDS)
    except ValueError:
        raise web.HTTPBadRequest from None
    fields: dict[str, str] = {}
    for name, value in pairs:
        if value or name not in fields:
            fields[name] = value
    if not is_form_token(fields.get(links.TOKEN, ""), secret):
        raise web.HTTPForbidden
    return fields


def options_of(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the options of a command in the fields of a form; line ends are as everywhere else.

    What a button fills in by being pressed counts more than what was typed.
    """
    return {
        name.removeprefix(prefix): value.replace("\r\n", "\n")
        for prefix in (links.OPTION_PREFIX, links.PRESSED_PREFIX)
        for name, value in fields.items()
        if name.startswith(prefix)
    }
