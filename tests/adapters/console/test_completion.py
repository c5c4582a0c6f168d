import pytest

from adapters.console.completion import propose, spec_of
from bot.chat.card import Actions, Button, Card
from bot.chat.request import Ask, Reply
from tests.adapters.cards import FORM
from tests.adapters.console.stage import fake_stage
from tests.adapters.fake_core import CHECKIN, TIMER_START, FakeCore


async def proposed(line: str) -> list[str]:
    core = FakeCore()
    stage, _ = fake_stage(core)
    core.otherwise = Reply(Card("", (Actions((Button("Check in", "checkin"), Button("Undo", "undo"))),)))
    await stage.say("@Bo /progress", "/progress")
    core.otherwise = Ask(FORM)
    await stage.say("/checkin")
    return [line[: len(line) - found.replaces] + found.text for found in await propose(stage.session, line)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/", ["/checkin ", "/progress ", "/leaderboard ", "/timer start ", "/timer stop ", "/group join "]),
        ("/t", ["/timer start ", "/timer stop "]),
        ("@bo #room /gr", ["@bo #room /group join "]),
        ("/checkin 2h le", ["/checkin 2h learned: "]),
        ("/checkin 2h St", ["/checkin 2h Statistics"]),
        ("/checkin area: Ma", ["/checkin area: Mathematics"]),
        ("/checkin time: 2", []),
        ("/leaderboard ", ["/leaderboard period: ", "/leaderboard week", "/leaderboard last"]),
        ("/leaderboard period: l", ["/leaderboard period: last"]),
        ("/nonsense ", []),
        (":a", [":advance ", ":at "]),
        (":press ", [":press Check in", ":press Undo"]),
        (":press un", [":press Undo"]),
        (":fill time=2h; le", [":fill time=2h; learned="]),
        (":at 2026", []),
        ("@b", ["@Bo "]),
        ("hello", []),
        ("", []),
    ],
)
async def test_what_may_come_next(line: str, expected: list[str]) -> None:
    assert await proposed(line) == expected


def test_the_longest_command_is_meant() -> None:
    assert spec_of([CHECKIN, TIMER_START], "timer start Stat") is TIMER_START
    assert spec_of([CHECKIN, TIMER_START], "Checkin 2h") is CHECKIN
    assert spec_of([CHECKIN], "checkin") is None
