"""Conversations of study partners: pairs, weeks that pass, and the Monday on which the planner matches."""

from bot.delivery import planner
from bot.questions.bank import QuestionBank
from tests.talk import Talk

BANK = QuestionBank()


async def pass_time(talk: Talk, **span: float) -> None:
    """Let time pass, and do all that falls due by then."""
    talk.advance(**span)
    await plan(talk)


async def plan(talk: Talk) -> None:
    """Close weeks and match partners, as the loop does it."""
    while not (await talk.store.write(lambda tx: planner.plan_due(tx, talk.clock.now(), BANK))).is_all:
        pass


async def make_pair(talk: Talk, one: str = "ada", other: str = "bo") -> None:
    """Let one invite the other, who says yes and has been told, as has the first."""
    await talk(one, f"/partner invite {other}")
    await talk(other, "/partner show")
    await talk.press(other, "Yes")
    await talk(one, "/progress")
