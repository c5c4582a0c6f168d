"""Discord's part of `tenhours setup`: the token, the first server, and a channel to try.

It is loaded only where Discord is set up: importing discord.py takes 0.3 to 0.6 s.
"""

import re
import secrets
from collections.abc import Sequence

import discord
from discord.http import Route

from adapters.discord import access, failures, limits, welcome
from adapters.discord.settings import DiscordSettings
from adapters.discord.visit import application_id, visit
from bot.adapter.setup import Invitation, Question, Room, Site
from bot.chat.legible import legible
from bot.domain.names import cut
from bot.errors import Misconfigured, Refused, TenHoursError

PORTAL = "https://discord.com/developers/applications"
MOST_SERVERS = 5
"""Servers whose channels are looked up."""

NAME_CHARACTERS = 60
TOKEN_PARTS = 3
ADVICE = "The token has three parts with dots between them: on the page Bot, choose Reset Token and copy it."
SHAPES = (
    (re.compile(r"\d{15,20}"), "That's an id, such as the application's. "),
    (re.compile(r"[0-9a-fA-F]{64}"), "That's the application's public key. "),
    (re.compile(r"[\w-]{32}"), "That's the client secret, which this doesn't need. "),
    (re.compile(r"https?://\S+"), "That's a link. "),
    (re.compile(r"mfa\.[\w-]+"), "That's the token of a person's account, which Discord forbids programs to use. "),
)
"""What else stands on the pages of the developer portal, by its shape."""

TEST = (
    "Test from `tenhours setup`: I can post here. Type `/group start` in your study group's channel once I'm running."
)


def read_token(typed: str) -> str:
    """Return a token. Raises `Refused` for what is surely something else from the same pages."""
    token = typed.strip().strip('"').removeprefix("Bot ").strip()
    for shape, words in SHAPES:
        if shape.fullmatch(token):
            raise Refused(words + ADVICE)
    if len(token.split(".")) != TOKEN_PARTS or not all(token.split(".")) or " " in token:
        raise Refused(f"That isn't a whole token. {ADVICE}")
    return token


TOKEN = Question(
    "token",
    "The bot's token",
    (
        f"Open {PORTAL} and choose New Application; give it a name.",
        "On the page Bot, choose Reset Token and copy the token. Discord shows it only once.",
        "Leave all three Privileged Gateway Intents switched off: the bot needs none of them.",
    ),
    read_token,
)


class DiscordSetup:
    """Asks for the token alone: the application's id comes with it."""

    start_command = "/group start"

    def next_question(self, settings: DiscordSettings) -> Question | None:
        """Return the question for the token while there is none."""
        return None if settings.token else TOKEN

    def question_of(self, settings: DiscordSettings, key: str) -> Question | None:
        """Return the question for the token."""
        del settings
        return TOKEN if key == TOKEN.key else None

    async def identify(self, settings: DiscordSettings) -> str:
        """Return whose the token is. Raises `Misconfigured` where interactions go elsewhere."""
        async with visit(settings) as client:
            if client.application is not None and client.application.interactions_endpoint_url:
                raise Misconfigured(
                    "Discord sends the commands to a web address and not to the bot: on the page General Information, "
                    "empty the field Interactions Endpoint URL, and save."
                )
            return f"the token belongs to {_name(str(client.user))}"

    async def try_value(self, settings: DiscordSettings, key: str) -> str:
        """Try the token."""
        del key
        return await self.identify(settings)

    async def find_sites(self, settings: DiscordSettings) -> Sequence[Site]:
        """Return the servers, with the text channels of the first few."""
        async with visit(settings) as client:
            servers = await client.http.get_guilds(MOST_SERVERS)
            return [await _find_site(client, server["id"], server) for server in servers]

    async def invite(self, settings: DiscordSettings) -> Invitation:
        """Return the link that adds the bot, never as an administrator."""
        async with visit(settings) as client:
            link = welcome.invite_url(application_id(client))
        asked = {**welcome.NEEDED, **welcome.NEEDED_IN_THREAD, **welcome.WANTED}
        names = ", ".join(name.partition(" (")[0] for name in asked.values())
        return Invitation((f"Open the link and choose your server. It asks for {names}, and no more.",), link)

    async def post_test(self, settings: DiscordSettings, room: Room) -> None:
        """Post the test. Raises `TenHoursError` with Discord's reason."""
        async with visit(settings) as client:
            try:
                route = Route("POST", "/channels/{channel_id}/messages", channel_id=int(room.id))
                once = {"nonce": secrets.token_hex(limits.NONCE // 2), "enforce_nonce": True}
                await client.http.request(route, json={"content": TEST, "allowed_mentions": {"parse": []}, **once})
            except discord.Forbidden as error:
                reason = failures.WORDS.get(error.code, "Discord doesn't let me")
                raise TenHoursError(f"I couldn't post in #{room.name}: {reason}. {welcome.FIX}.") from error


async def _find_site(client: discord.Client, server: str | int, told: object) -> Site:
    name = _name(str(told["name"])) if isinstance(told, dict) else ""
    granted = discord.Permissions(int(told.get("permissions") or 0)) if isinstance(told, dict) else None
    lacks = welcome.missing_names(granted, {**welcome.NEEDED, **welcome.WANTED}) if granted is not None else []
    guild = await client.fetch_guild(int(server), with_counts=False)
    me = await guild.fetch_member(client.user.id if client.user is not None else 0)
    channels = [channel for channel in await guild.fetch_channels() if isinstance(channel, discord.TextChannel)]
    channels.sort(key=lambda channel: (channel.position, channel.id))
    rooms = [
        Room(str(channel.id), _name(channel.name), access.describe(channel.permissions_for(me), channel.name))
        for channel in channels
    ]
    return Site(name, tuple(lack.partition(" (")[0] for lack in lacks), tuple(rooms))


def _name(name: str) -> str:
    return cut(legible(name), min(NAME_CHARACTERS, limits.DESCRIPTION))
