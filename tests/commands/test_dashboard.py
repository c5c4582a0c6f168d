"""`/dashboard`: a link to one's own page, where pages are served."""

from urllib.parse import urlsplit

import pytest

from bot.adapter.pages import LinkOwner
from bot.chat.card import Links
from bot.chat.plain import plain
from bot.chat.request import Reply
from bot.context import Defaults
from bot.dispatch.dispatcher import Dispatcher
from tests.talk import Heard, Talk

URL = "https://study.example.org"


@pytest.fixture
def pageless(talk: Talk) -> Talk:
    """A conversation with a bot that serves no pages."""
    talk.core = Dispatcher(talk.store, talk.clock, Defaults(600, "UTC"))
    return talk


def link_on(heard: Heard) -> str:
    [links] = [block for block in heard.card.blocks if isinstance(block, Links)]
    return links.links[0].url


async def owner_of(talk: Talk, link: str) -> LinkOwner | None:
    return await talk.core.pages.find_link(urlsplit(link).path.rpartition("/")[2])


async def test_it_answers_with_a_link_and_what_it_opens(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    heard = await talk("ada", "/dashboard")
    assert not heard.is_public
    assert "Whoever opens this link sees your journal: don't pass it on. It works once, for 10 minutes." in heard
    link = link_on(heard)
    assert link.startswith(f"{URL}/sign-in/")
    owner = await owner_of(talk, link)
    assert owner is not None
    assert owner.user.name == "Ada"


async def test_the_link_is_stored_nowhere_and_a_redelivery_gets_another(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    first = link_on(await talk("ada", "/dashboard", request_id="again"))
    second = link_on(await talk("ada", "/dashboard", request_id="again"))
    assert first != second
    token = first.rpartition("/")[2]
    assert not [row for row in await talk.rows("SELECT * FROM requests") if token in str(row)]
    assert await owner_of(talk, first)
    assert await owner_of(talk, second)


async def test_somebody_unknown_is_told_how_to_begin_and_not_known_by_it(talk: Talk) -> None:
    heard = await talk("zoe", "/dashboard")
    assert "Nothing about you is saved here." in heard
    assert "Check in" in heard.labels
    assert await talk.rows("SELECT count(*) FROM people") == [(0,)]


async def test_without_pages_there_is_no_such_command(pageless: Talk) -> None:
    await pageless("ada", "/checkin 1h")
    assert "dashboard" not in [spec.name for spec in pageless.core.commands]
    typed = await pageless.core.handle(pageless.line("ada", None, "typed", "dashboard"))
    assert isinstance(typed, Reply)
    assert "There is no command" in plain(typed.card)
    assert "dashboard" not in await pageless("ada", "/guide", channel=None)
    old = await pageless.command("ada", "dashboard")
    assert "This bot has no pages to open in a browser." in old
    assert await pageless.rows("SELECT count(*) FROM sign_in_links") == [(0,)]


async def test_with_pages_the_guide_names_it(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    assert "dashboard" in [spec.name for spec in talk.core.commands]
    assert "open your own page in a browser" in (await talk("ada", "/guide dashboard")).casefold()
