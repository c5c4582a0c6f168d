"""Notes that come back on Discord: beside a check-in and by `/recall`, with their buttons."""

from datetime import timedelta

from tests.adapters.discord.test_journeys import Study, is_private, study, text
from tests.adapters.probe import ADA, BOB
from tests.servers.discord.use import Use, buttons_of

__all__ = ["study"]

NOTE = "the central limit theorem needs a finite variance"


def labels(use: Use) -> list[str]:
    assert use.message is not None
    return [str(button.get("label")) for button in buttons_of(use.message.data)]


async def write_a_note(study: Study) -> None:
    await study.group(ADA, BOB)
    await study.command(ADA, "timezone", zone="Europe/London")
    await study.command(ADA, "checkin", time="2h", area="Statistics", learned=NOTE)
    study.clock.advance(timedelta(days=7))


async def test_beside_a_check_in(study: Study) -> None:
    await write_a_note(study)
    logged = await study.command(ADA, "checkin", time="45m")
    assert is_private(logged)
    assert "You wrote about Statistics a week ago. Can you still explain it?" in text(logged)
    assert labels(logged) == ["Undo", "Edit", "Show my note", "Not now"]
    shown = await study.press(ADA, logged.message, "Show my note")
    assert is_private(shown)
    assert NOTE in text(shown)
    assert "due again in three weeks" in text(await study.press(ADA, shown.message, "Yes"))
    undone = await study.press(ADA, logged.message, "Undo")
    assert "Taken back" in text(undone)


async def test_not_now_and_switched_off(study: Study) -> None:
    await write_a_note(study)
    logged = await study.command(ADA, "checkin", time="45m")
    later = await study.press(ADA, logged.message, "Not now")
    assert "another time" in text(later)
    assert "Recall is off" in text(await study.press(ADA, later.message, "Switch recall off"))


async def test_opened_and_kept(study: Study) -> None:
    await write_a_note(study)
    asked = await study.command(ADA, "recall")
    assert is_private(asked)
    shown = await study.press(ADA, asked.message, "Show my note")
    assert "due again in a week" in text(await study.press(ADA, shown.message, "Not any more"))
    await study.command(ADA, "checkin", time="45m", learned="pods are replaced one by one")
    journal = await study.command(ADA, "journal")
    assert "It's due in a week" in text(await study.press(ADA, journal.message, "Today · pods are replaced one by…"))
    assert "Write what you learn" in text(await study.command(BOB, "recall"))
