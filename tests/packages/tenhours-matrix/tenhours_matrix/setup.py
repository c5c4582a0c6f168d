"""Its part of `tenhours setup`: asks for the token, and posts a test in the room of the homeserver."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bot.adapter import Access
from bot.adapter.setup import Invitation, Question, Room, Site
from bot.errors import Refused, TenHoursError
from tenhours_matrix.connection import Connection
from tenhours_matrix.settings import MatrixSettings

ROOM = Room("#study", "study", Access())
SITE = Site("the homeserver", (), (ROOM,))


def read_token(typed: str) -> str:
    """Return a token. Raises `Refused` for a password, which looks alike."""
    if typed.startswith("pass"):
        raise Refused("That's a password. The token is on the homeserver's page Bots.")
    return typed.strip()


class MatrixSetup:
    """Asks for the token; the bot is in its room as soon as it is known."""

    start_command = "/group start"

    def next_question(self, settings: MatrixSettings) -> Question | None:
        """Return the question for the token while there is none."""
        return None if settings.token else self.question_of(settings, "token")

    def question_of(self, settings: MatrixSettings, key: str) -> Question | None:
        """Return the question for the token."""
        del settings
        steps = ("On the homeserver's page Bots, choose New Bot and copy its token.",)
        return Question("token", "The bot's token", steps, read_token) if key == "token" else None

    async def identify(self, settings: MatrixSettings) -> str:
        """Log in. Raises `Misconfigured` where the token is not known."""
        async with _connected(settings):
            return "the token is known to the homeserver"

    async def try_value(self, settings: MatrixSettings, key: str) -> str:
        """Try the token."""
        del key
        return await self.identify(settings)

    async def find_sites(self, settings: MatrixSettings) -> Sequence[Site]:
        """Return the homeserver with its one room."""
        async with _connected(settings):
            return [SITE]

    async def invite(self, settings: MatrixSettings) -> Invitation:
        """Return nothing to do: who knows the token is in the room."""
        del settings
        return Invitation(())

    async def post_test(self, settings: MatrixSettings, room: Room) -> None:
        """Post the test."""
        async with _connected(settings) as connection:
            await connection.call("send", room=room.id, to=None, text="Test from `tenhours setup`: I can post here.")


@asynccontextmanager
async def _connected(settings: MatrixSettings) -> AsyncIterator[Connection]:
    try:
        connection = await Connection.open(settings)
    except OSError as error:
        raise TenHoursError(f"The homeserver can't be reached: {error.strerror}.") from error
    try:
        yield connection
    finally:
        connection.close()
