"""The whole of `tenhours setup`: shows how everything stands, does what is missing, and says what comes next.

The status is 0 when all is done, 75 where something is to be gone on with, and 78 where a setting is wrong.
"""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.checkup import work
from bot.clock import Clock
from bot.errors import EXIT_TRY_AGAIN, Misconfigured, TenHoursError
from bot.store import inspection
from bot.verbs.setup import later, service
from bot.verbs.setup.conversation import Address, Conversation, Interrupted, NoAnswer
from bot.verbs.setup.copies import CopyStep
from bot.verbs.setup.installation import Installation, shown
from bot.verbs.setup.names import SERVICE
from bot.verbs.setup.platform import SitesStep, TokensStep
from bot.verbs.setup.step import Outcome, State, Step

GO_ON = "What is saved stays saved. Type `tenhours setup` again to go on."


@dataclass(frozen=True, slots=True)
class SetupOptions:
    """What to set up: `what` names one thing to change, "" everything that is missing.

    `answers` are those of a script. `test_in` names a channel for a test message. For the first server or workspace
    the wait is `wait_seconds`; None waits as long as it takes.
    """

    what: str = ""
    answers: Mapping[Address, str] = field(default_factory=dict)
    test_in: str = ""
    wait_seconds: float | None = None


class Setup:
    """One run of it."""

    def __init__(self, installation: Installation, talk: Conversation, options: SetupOptions, clock: Clock) -> None:
        self._installation = installation
        self._talk = talk
        self._options = options
        self._clock = clock

    async def run(self) -> int:
        """Lead through it, and return the status. Raises `Misconfigured`; nothing is left half-written by any end."""
        try:
            is_done = await (self._change(self._options.what) if self._options.what else self._complete())
        except (Interrupted, asyncio.CancelledError):
            self._talk.say("", GO_ON)
            return EXIT_TRY_AGAIN
        except NoAnswer as missing:
            self._talk.say("", f"Next: {missing} isn't answered yet.")
            self._talk.say("Type `tenhours setup` in a terminal, or bring the answers along with `--answers FILE`.")
            return EXIT_TRY_AGAIN
        except Misconfigured:
            raise
        except TenHoursError as error:
            sys.stderr.write(f"tenhours: {error} {GO_ON}\n")
            return EXIT_TRY_AGAIN
        return 0 if is_done else EXIT_TRY_AGAIN

    async def _complete(self) -> bool:
        """Do all that is missing, in order. Return True if nothing is missing any more."""
        self._talk.say("Ten Hours", f"Settings: {shown(self._installation.path)}")
        self._save_plain_answers()
        names = self._installation.begun() or [await self._pick_platform()]
        names += [name for name in self._answered() if name not in names]
        for name in names:
            await self._tokens(name).take_answers(self._talk)
        steps = self._steps(names)
        states = [await step.look() for step in steps]
        self._show(steps, states)
        was_complete = all(state.is_done for state in states)
        for step in steps:
            if not (await step.look()).is_done and await step.do(self._talk) is Outcome.TO_BE_CONTINUED:
                self._talk.say("", GO_ON)
                return False
        if self._options.test_in or not was_complete:
            await self._test(names)
        await self._offer_more(names)
        self._say_next(names)
        return True

    async def _change(self, what: str) -> bool:
        """Change the one thing that is named."""
        step = next((step for step in later.LATER if step.name == what), None)
        if what == SERVICE:
            self._talk.say(*service.lines(service.Machine.this_one(self._installation.path)))
        elif step is not None:
            if not step.is_known(self._installation):
                raise Misconfigured(f"This version of the program has no {step.label} to set.")
            await later.change(step, self._installation, self._talk)
        elif what in self._installation.begun():
            await self._tokens(what).change(self._talk)
        else:
            return await self._begin(what)
        return True

    async def _begin(self, name: str) -> bool:
        """Set up one platform of which nothing is set yet."""
        for step in (self._tokens(name), self._sites(name)):
            if not (await step.look()).is_done and await step.do(self._talk) is Outcome.TO_BE_CONTINUED:
                self._talk.say("", GO_ON)
                return False
        await self._test([name])
        self._say_next([name])
        return True

    def _save_plain_answers(self) -> None:
        """Save a script's answers that no step asks for. Raises `Misconfigured` where one is not known or not taken."""
        unknown = [f"[{section}] {key}" for section, key in self._options.answers if not self._known((section, key))]
        if unknown:
            raise Misconfigured(*(f"There's no setting {place}." for place in unknown))
        plain = {
            address: value
            for address, value in self._options.answers.items()
            if not self._is_asked(address) and self._installation.is_new(address, value)
        }
        if plain:
            files = self._installation.save(plain)
            self._talk.say(f"Saved in {' and '.join(map(shown, files))}.")

    def _known(self, address: Address) -> bool:
        return self._installation.has(address)

    def _is_asked(self, address: Address) -> bool:
        name, key = address
        setup = self._installation.setups.get(name)
        return setup is not None and setup.question_of(self._installation.section(name), key) is not None

    def _answered(self) -> list[str]:
        return [name for name in self._installation.setups if any(name == of for of, _ in self._options.answers)]

    async def _pick_platform(self) -> str:
        names = list(self._installation.setups)
        answered = self._answered()
        if answered:
            return answered[0]
        if not self._talk.is_answered_by_person:
            raise NoAnswer(f"the platform ({' or '.join(name.capitalize() for name in names)})")
        chosen = await self._talk.choose("Where does your group meet?", [name.capitalize() for name in names])
        return names[chosen or 0]

    def _tokens(self, name: str) -> TokensStep:
        return TokensStep(self._installation, name)

    def _sites(self, name: str) -> SitesStep:
        return SitesStep(self._installation, name, self._options.wait_seconds)

    def _steps(self, names: Sequence[str]) -> list[Step]:
        steps: list[Step] = []
        for name in names:
            steps += [self._tokens(name), self._sites(name)]
        return [*steps, CopyStep(self._installation, self._clock)]

    def _show(self, steps: Sequence[Step], states: Sequence[State]) -> None:
        """Show how each step stands; what comes after the first that is missing is not asked for."""
        self._talk.say("")
        is_first = True
        for step, state in zip(steps, states, strict=True):
            mark = "done" if state.is_done else "next" if is_first else "then"
            is_first = is_first and state.is_done
            self._talk.say(f"  {mark}  {step.title}: {state.words}")
            if state.warning:
                self._talk.say(f"        but {state.warning}: open the invitation again, and allow it")

    async def _test(self, names: Sequence[str]) -> None:
        """Offer a test message on each platform; where a channel is named, one of them must have it."""
        refusals = []
        for name in names:
            try:
                await self._sites(name).post_test(self._talk, self._options.test_in)
            except Misconfigured as error:
                refusals.append(error)
        if refusals and len(refusals) == len(names):
            raise refusals[0]

    async def _offer_more(self, names: Sequence[str]) -> None:
        """Let somebody change what is set, or set what can wait, until they want nothing more."""
        while self._talk.is_answered_by_person:
            steps = [step for step in later.LATER if step.is_known(self._installation)]
            others = [name for name in self._installation.setups if name not in self._installation.begun()]
            labels = [
                *(f"{step.label} (now {step.state(self._installation)})" for step in steps),
                *(f"the tokens of {name.capitalize()}" for name in names),
                *(f"{name.capitalize()} as well" for name in others),
            ]
            chosen = await self._talk.choose(
                "That's all it needs. Set or change something else?", labels, can_leave=True
            )
            if chosen is None:
                return
            await self._change([*(step.name for step in steps), *names, *others][chosen])

    def _say_next(self, names: Sequence[str]) -> None:
        """Say the one thing that comes next."""
        if self._is_running():
            self._talk.say("", "The bot is running. Settings that you changed hold once it starts again.")
            return
        self._talk.say("", *service.lines(service.Machine.this_one(self._installation.path)))
        start = " or ".join(dict.fromkeys(self._installation.setups[name].start_command for name in names))
        self._talk.say("", f"Then type {start} in your study group's channel. `tenhours check` says how it is.")

    def _is_running(self) -> bool:
        try:
            with inspection.open_snapshot(self._installation.settings.database.location) as tx:
                return work.is_running(tx, self._clock.now())
        except inspection.UNREADABLE:
            return False
