"""Study partners on Discord, by its own subcommands, member option and buttons."""

from datetime import timedelta

from bot.delivery import planner
from bot.questions.bank import QuestionBank
from tests.adapters.discord.test_journeys import Study, is_private, study, text
from tests.adapters.probe import ADA, BOB
from tests.servers.discord.use import Use, buttons_of

__all__ = ["study"]

INVITED = "would like to be your study partner"


def labels(use: Use) -> list[str]:
    assert use.message is not None
    return [str(button.get("label")) for button in buttons_of(use.message.data)]


async def invite(study: Study) -> Use:
    return await study.command(ADA, "partner invite", member=str(study.probe.people[BOB].id))


async def both_know_the_bot(study: Study) -> None:
    await study.group(ADA, BOB)
    for name in (ADA, BOB):
        await study.command(name, "checkin", time="1h")
    study.clock.advance(timedelta(minutes=5))


async def next_monday(study: Study) -> None:
    study.clock.advance(timedelta(days=7))
    while not (await study.store.write(lambda tx: planner.plan_due(tx, study.clock.now(), QuestionBank()))).is_all:
        pass


async def test_invited_answered_asked_and_parted(study: Study) -> None:
    await both_know_the_bot(study)
    sent = await invite(study)
    assert is_private(sent)
    assert "Sent. You'll hear only if it's a yes." in text(sent)
    card = await study.command(BOB, "progress")
    assert is_private(card)
    assert INVITED in text(card)
    question = await study.press(BOB, card.message, "Answer")
    assert "You and" in text(await study.press(BOB, question.message, "Yes"))
    assert "is your study partner now." in text(await study.command(ADA, "progress"))
    await next_monday(study)
    logged = await study.command(ADA, "checkin", time="2h")
    assert "have a question on" in text(logged)
    asked = await study.press(ADA, logged.message, "See the question")
    covers = await study.press(ADA, asked.message, "What it covers")
    assert "A good answer covers" in text(covers)
    assert "To go further" in text(await study.press(ADA, covers.message, "Clear"))
    leaving = await study.command(ADA, "partner leave")
    label = next(label for label in labels(leaving) if label.startswith("Leave"))
    assert "are no longer study partners" in text(await study.press(ADA, leaving.message, label))


async def test_matched_on_monday(study: Study) -> None:
    await both_know_the_bot(study)
    for name in (ADA, BOB):
        asked = await study.command(name, "partner match")
        await study.press(name, asked.message, "Find me a partner")
    await next_monday(study)
    assert "is your study partner now." in text(await study.command(ADA, "progress"))
    shown = await study.command(BOB, "partner show")
    assert is_private(shown)


async def test_no_invite_again_block_erase_and_come_back(study: Study) -> None:
    await both_know_the_bot(study)
    await invite(study)
    card = await study.command(BOB, "partner show")
    await study.press(BOB, card.message, "Not now")
    study.clock.advance(timedelta(days=120))
    await invite(study)
    card = await study.command(BOB, "partner show")
    more = await study.press(BOB, card.message, "More")
    assert "told nothing" in text(await study.press(BOB, more.message, "Block this person"))
    erase = await study.command(ADA, "mydata erase")
    await study.press(ADA, erase.message, "Erase everything")
    study.clock.advance(timedelta(days=8))
    await study.command(ADA, "checkin", time="1h")
    assert "Sent." in text(await invite(study))
    assert INVITED not in text(await study.command(BOB, "progress"))
    assert "No invitations" in labels(await study.command(BOB, "partner invites"))
