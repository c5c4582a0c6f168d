"""The steps of a platform: its tokens, the first server or workspace, and a test message where it is wanted."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from bot.adapter.setup import Question, Room, Site, Ways
from bot.errors import Misconfigured, Refused, TenHoursError
from bot.verbs.setup.conversation import Conversation
from bot.verbs.setup.installation import Installation, shown
from bot.verbs.setup.step import Outcome, State
from bot.verbs.setup.web_browser import offer_to_open

LOOK_INTERVAL_SECONDS = 3.0
MOST_ROOMS_OFFERED = 20


class TokensStep:
    """Whatever a platform's section needs, each tried by a call before it is saved."""

    def __init__(self, installation: Installation, name: str) -> None:
        self._installation = installation
        self._name = name
        self._setup = installation.setups[name]
        self.title = f"{name.capitalize()} tokens"
        self._platform = name.capitalize()

    async def look(self) -> State:
        """Return whether all is set, and taken by the platform."""
        section = self._installation.section(self._name)
        question = self._setup.next_question(section)
        if question is not None:
            asked = question.ways[0][1] if isinstance(question, Ways) else question
            return State(False, f"{_lower(asked.asks)} is missing")
        try:
            return State(True, await self._setup.identify(section))
        except Misconfigured as error:
            return State(False, str(error).rstrip("."))

    async def do(self, talk: Conversation) -> Outcome:
        """Ask for what is missing, and again for what the platform does not take."""
        for key in self._askable_keys():
            try:
                await self._setup.try_value(self._installation.section(self._name), key)
            except Misconfigured as error:
                await self._change(talk, key, error)
        while (question := self._setup.next_question(self._installation.section(self._name))) is not None:
            await self._ask(talk, await self._pick(talk, question))
        return Outcome.DONE

    async def change(self, talk: Conversation) -> Outcome:
        """Ask again for one of the settings, which somebody picks."""
        section = self._installation.section(self._name)
        questions = [question for key in self._keys() if (question := self._setup.question_of(section, key))]
        if len(questions) == 1:
            chosen: int | None = 0
        else:
            labels = [_lower(question.asks) for question in questions]
            chosen = await talk.choose(f"What would you like to change for {self._platform}?", labels, can_leave=True)
        if chosen is not None:
            await self._ask(talk, questions[chosen])
        return Outcome.DONE

    async def take_answers(self, talk: Conversation) -> None:
        """Take a script's answers for what is set already, each where it differs."""
        for key in self._askable_keys():
            address, section = (self._name, key), self._installation.section(self._name)
            question = self._setup.question_of(section, key)
            if talk.has_answer(address) and question is not None:
                answer = await talk.ask(address, question.asks, is_secret=True)
                if answer.strip() != getattr(section, key):
                    await self._ask(talk, question)

    def _keys(self) -> Sequence[str]:
        return type(self._installation.section(self._name)).__struct_fields__

    def _askable_keys(self) -> list[str]:
        """Return the keys that are set and can be asked for."""
        section = self._installation.section(self._name)
        return [key for key in self._keys() if getattr(section, key) and self._setup.question_of(section, key)]

    async def _change(self, talk: Conversation, key: str, error: Misconfigured) -> None:
        variable = self._installation.variable_of((self._name, key))
        if variable:
            raise Misconfigured(f"{error} {variable} sets it: change it there.") from error
        talk.say("", *error.sentences)
        question = self._setup.question_of(self._installation.section(self._name), key)
        assert question is not None
        await self._ask(talk, question)

    async def _pick(self, talk: Conversation, question: Question | Ways) -> Question:
        if isinstance(question, Question):
            return question
        brought = [way for _, way in question.ways if talk.has_answer((self._name, way.key))]
        if brought:
            return brought[-1]
        chosen = await talk.choose(question.asks, [label for label, _ in question.ways])
        return question.ways[chosen or 0][1]

    async def _ask(self, talk: Conversation, question: Question) -> None:
        """Ask until the platform takes the answer, then save it."""
        address = (self._name, question.key)
        if question.steps and not talk.has_answer(address):
            talk.say("", *_numbered(question.steps), "")
        while True:
            try:
                typed = await talk.ask(address, question.asks, is_secret=self._installation.is_secret(address))
                value = question.read(typed)
                candidate = self._installation.section_with(self._name, question.key, value)
                words = await self._setup.try_value(candidate, question.key)
            except (Misconfigured, Refused) as error:
                talk.refuse(error)
                continue
            except TenHoursError as error:  # the platform did not answer: a script ends, a person can try again
                if not talk.is_answered_by_person:
                    raise
                talk.refuse(error)
                continue
            if await talk.confirm(f"{words[:1].upper()}{words[1:]}. Save it?"):
                files = self._installation.save({address: value})
                talk.say(f"Saved in {' and '.join(map(shown, files))}.")
                return


class SitesStep:
    """The first server, workspace or channel that the bot is in."""

    def __init__(self, installation: Installation, name: str, wait_seconds: float | None) -> None:
        self._installation = installation
        self._name = name
        self._setup = installation.setups[name]
        self._wait_seconds = wait_seconds
        self.title = f"{name.capitalize()} invitation"

    async def look(self) -> State:
        """Return where the bot is."""
        if self._setup.next_question(self._installation.section(self._name)) is not None:
            return State(False, "comes after the tokens")
        try:
            sites = await self.find()
        except Misconfigured as error:
            return State(False, str(error).rstrip("."))
        if not sites:
            return State(False, "the bot isn't invited anywhere yet")
        lacks = [f"{site.name} doesn't grant {', '.join(site.lacks)}" for site in sites if site.lacks]
        return State(True, f"the bot is in {', '.join(site.name for site in sites)}", "; ".join(lacks))

    async def find(self) -> Sequence[Site]:
        """Return where the bot is. Raises `Misconfigured` or `TenHoursError`."""
        return await self._setup.find_sites(self._installation.section(self._name))

    async def do(self, talk: Conversation) -> Outcome:
        """Show how to invite the bot, and wait until it is somewhere."""
        invitation = await self._setup.invite(self._installation.section(self._name))
        talk.say("", *_numbered(invitation.steps))
        if invitation.link:
            talk.say(invitation.link)
            await offer_to_open(invitation.link, talk)
        if self._wait_seconds != 0:
            talk.say("", "Waiting until the bot is there … (Ctrl-C: go on another time)")
        sites = await self._wait()
        if not sites:
            return Outcome.TO_BE_CONTINUED
        for site in sites:
            talk.say(f"The bot is in {site.name}.")
            if site.lacks:
                talk.say(f"It isn't allowed {', '.join(site.lacks)} there: open the link again, and allow it.")
        return Outcome.DONE

    async def _wait(self) -> Sequence[Site]:
        """Look again and again: no platform tells a program that isn't connected yet."""
        sites: Sequence[Site] = []
        with suppress(TimeoutError):
            async with asyncio.timeout(self._wait_seconds or None):
                sites = await self.find()
                while not sites and self._wait_seconds != 0:
                    await asyncio.sleep(LOOK_INTERVAL_SECONDS)
                    sites = await self.find()
        return sites

    async def post_test(self, talk: Conversation, room_name: str) -> None:
        """Offer to post a test message, or post it in the channel that is named."""
        rooms = [room for site in await self.find() for room in site.rooms]
        room = _find_room(rooms, room_name) if room_name else await self._pick(talk, rooms)
        if room is not None:
            await self._setup.post_test(self._installation.section(self._name), room)
            talk.say(f"Posted in #{room.name}.")

    async def _pick(self, talk: Conversation, rooms: Sequence[Room]) -> Room | None:
        for room in rooms:
            if room.access.obstacle:
                talk.say(f"I can't post in #{room.name}: {room.access.obstacle}.")
        open_rooms = [room for room in rooms if not room.access.obstacle][:MOST_ROOMS_OFFERED]
        if not open_rooms or not talk.is_answered_by_person:
            return None
        words = "Post a test message? Everyone in the channel will see it."
        chosen = await talk.choose(words, [f"#{room.name}" for room in open_rooms], can_leave=True)
        return None if chosen is None else open_rooms[chosen]


def _find_room(rooms: Sequence[Room], name: str) -> Room:
    """Return the channel of a name. Raises `Misconfigured` where the bot sees none, or may not post in it."""
    for room in rooms:
        if room.name.casefold() == name.lstrip("#").casefold():
            if room.access.obstacle:
                raise Misconfigured(f"I can't post in #{room.name}: {room.access.obstacle}.")
            return room
    seen = ", ".join(f"#{room.name}" for room in rooms[:MOST_ROOMS_OFFERED])
    raise Misconfigured(f"I see no channel #{name.lstrip('#')}. There are these: {seen or 'none'}.")


def _numbered(steps: Sequence[str]) -> list[str]:
    """Return steps with their numbers, where there are several; a link stands on a line of its own."""
    sentences = [step for step in steps if not step.startswith("https://")]
    numbers = {step: f"{number}. " for number, step in enumerate(sentences, 1)} if len(sentences) > 1 else {}
    return [f"{numbers.get(step, '')}{step}" for step in steps]


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
