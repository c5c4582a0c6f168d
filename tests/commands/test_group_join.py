"""Joining, leaving, hiding: what was agreed is said, all questions are optional, and leaving ends the view."""

from tests.talk import Talk


async def test_joining_says_what_was_agreed_and_offers_the_rest(talk: Talk) -> None:
    talk.zones["cy"] = None
    heard = await talk("cy", "/group join")
    assert "Welcome to console." in heard
    assert "Your goal is 10 hours a week; your first week is practice and can't break anything." in heard
    assert "Members see your hours, your streak and what you write you learned." in heard
    assert "/group hide keeps you private." in heard
    assert heard.labels == ["Check in", "Set me up"]
    assert not heard.is_public


async def test_a_zone_that_the_platform_tells_is_not_asked_for(talk: Talk) -> None:
    await talk("ada", "/group join")
    assert [field.name for field in (await talk.press("ada", "Set me up")).form.fields] == ["remind", "why"]


async def test_joining_twice_says_so(talk: Talk) -> None:
    await talk("ada", "/group join")
    assert "You're in console already." in await talk("ada", "/group join")


async def test_who_comes_back_is_welcome_and_visible_and_not_asked_again(talk: Talk) -> None:
    await talk("ada", "/group join")
    await talk("ada", "/reminders direct")
    await talk.press("ada", "Set me up")
    await talk.fill("ada", why="to build things")
    await talk("ada", "/group hide")
    await talk("ada", "/group leave")
    back = await talk("ada", "/group join")
    assert "Welcome back to console" in back
    assert back.labels == ["Check in"]
    assert await talk.rows("SELECT is_hidden, left_at FROM members") == [(0, None)]


async def test_there_is_nothing_to_join_where_no_group_is(talk: Talk) -> None:
    heard = await talk("ada", "/group join", channel="elsewhere")
    assert heard.is_wrong
    assert "/group start" in heard


async def test_the_first_group_gives_its_goal(talk: Talk) -> None:
    await talk.start_group("small", goal=240)
    await talk.start_group("large", goal=1200)
    await talk("ada", "/group join", channel="small")
    assert "Your goal is 4 hours a week" in await talk("ada", "/group join", channel="large")


async def test_a_goal_from_a_group_joined_later_leaves_older_weeks_alone(talk: Talk) -> None:
    await talk.start_group("small", goal=60)
    await talk("ada", "/checkin 2h", channel=None)
    talk.at("2026-01-21T10:00")
    await talk("ada", "/group join", channel="small")
    goals = await talk.rows("SELECT from_week, minutes FROM goals ORDER BY id")
    assert goals == [(None, 600), ("2026-01-26", 60)]


async def test_a_zone_that_nobody_has_said_is_the_one_of_the_first_group(talk: Talk) -> None:
    talk.zones["cy"] = None
    await talk.start_group("tokyo", zone="Asia/Tokyo")
    await talk.start_group("berlin", zone="Europe/Berlin")
    await talk("cy", "/reminders", channel=None)
    assert (await talk.person("cy")).zone_name == "UTC"
    await talk("cy", "/group join", channel="tokyo")
    assert (await talk.person("cy")).zone_name == "Asia/Tokyo"
    await talk("cy", "/group join", channel="berlin")
    assert (await talk.person("cy")).zone_name == "Asia/Tokyo"


async def test_leaving_ends_membership_and_its_channel_reminders(talk: Talk) -> None:
    await talk("ada", "/group join")
    await talk("ada", "/reminders channel")
    left = await talk("ada", "/group leave")
    assert "You've left console" in left
    assert "Your reminders came in its channel, so they're off now" in left
    assert "Reminders are off." in await talk("ada", "/reminders")
    assert (await talk("ada", "/group leave")).is_wrong


async def test_direct_reminders_go_on_after_leaving(talk: Talk) -> None:
    await talk("ada", "/group join")
    await talk("ada", "/reminders direct")
    assert "Your reminders" not in await talk("ada", "/group leave")
    assert "I remind you privately" in await talk("ada", "/reminders")


async def test_a_check_in_does_not_pull_in_again_who_has_left(talk: Talk) -> None:
    await talk("ada", "/group join")
    await talk("ada", "/group leave")
    assert "You've joined" not in await talk("ada", "/checkin 1h")
    assert (await talk("ada", "/group hide")).is_wrong


async def test_the_last_organiser_may_leave(talk: Talk) -> None:
    talk.starters = {"ada"}
    talk.managers = {"dee"}
    await talk("ada", "/group start name: Owls", channel="owls")
    await talk("ada", "/group join", channel="owls")
    assert "It has no organiser now" in await talk("ada", "/group leave", channel="owls")
    assert (await talk("ada", "/group settings", channel="owls")).is_wrong
    assert "nobody named" in await talk("dee", "/group settings", channel="owls")


async def test_hidden_and_seen_again(talk: Talk) -> None:
    await talk.join("ada", "bo")
    assert "You're hidden in console" in await talk("ada", "/group hide")
    await talk("ada", "/checkin 1h")
    assert await talk.posts() == []
    assert "sees you again" in await talk("ada", "/group show")
    await talk("ada", "/checkin 45m")
    assert len(await talk.posts()) == 1


async def test_hiding_is_for_members(talk: Talk) -> None:
    for command in ("/group hide", "/group show", "/group leave"):
        refused = await talk("ada", command)
        assert refused.is_wrong
        assert "You are not in console yet" in refused


async def test_in_a_direct_message_the_only_group_is_meant(talk: Talk) -> None:
    await talk.join("ada")
    assert "You're hidden in console" in await talk("ada", "/group hide", channel=None)
    assert "You've left console" in await talk("ada", "/group leave", channel=None)
    assert (await talk("ada", "/group leave", channel=None)).is_wrong


async def test_with_several_groups_it_asks_which(talk: Talk) -> None:
    await talk.start_group("owls")
    await talk.join("ada")
    await talk.join("ada", channel="owls")
    question = await talk("ada", "/group leave", channel=None)
    assert "Which group do you mean?" in question
    assert question.labels == ["console", "owls"]
    assert "You've left owls" in await talk.press("ada", "owls", channel=None)
    assert "You're in console already." in await talk("ada", "/group join", channel=None)


async def test_the_button_of_someone_elses_groups_leaves_nothing(talk: Talk) -> None:
    await talk.start_group("owls")
    await talk.join("ada")
    await talk.join("bo", channel="owls")
    [(owls,)] = await talk.rows("SELECT id FROM groups WHERE channel = 'owls'")
    for command in ("group leave", "group hide", "group join", "group settings", "group members", "in"):
        refused = await talk.command("ada", command, channel=None, group=str(owls))
        assert refused.is_wrong
        assert "That group is not one of yours" in refused
    assert len(await talk.rows("SELECT 1 FROM members WHERE left_at IS NULL")) == 2


async def test_a_second_group_is_told_what_comes_along(talk: Talk) -> None:
    await talk("ada", "/checkin 4h")
    await talk.start_group("berlin", name="ML Berlin")
    heard = await talk("ada", "/group join", channel="berlin")
    assert heard.startswith(
        "Welcome to ML Berlin.\nYour goal, streak and this week's 4 h come with you: both groups see"
    )
    await talk.start_group("third")
    talk.advance(weeks=1)
    assert "Your goal and streak come with you: all your groups see your hours from now on" in (
        await talk("ada", "/group join", channel="third")
    )
