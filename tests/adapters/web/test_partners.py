"""Study partners on the pages: each step by the buttons and forms that stand there, with the words of every place."""

from tests.adapters.web.stage import Browser, Stage
from tests.partners import make_pair, pass_time

SENT = "Sent. You&#x27;ll hear only if it&#x27;s a yes."
INVITED = "would like to be your study partner"
FOUND_HOW = "A study partner sees your hours, goal and streak"


async def press(browser: Browser, label: str, command: str = "", **fields: str) -> str:
    """Press a button of the page that is shown, and return what its page says of it."""
    return (await browser.send(browser.form(label=label, command=command), follow=True, **fields)).text


async def invite(browser: Browser, member: str) -> str:
    """Open the form of an invitation, and send it."""
    await browser.get("/form?command=partner+invite&back=%2Fme")
    return await press(browser, "Invite", "partner invite", member=member)


async def test_invited_answered_asked_and_parted(stage: Stage) -> None:
    async with stage.signed_in("ada") as ada, stage.signed_in("bo") as bo:
        own = (await ada.get("/me")).text
        assert FOUND_HOW in own
        assert 'href="/form?command=partner+invite&amp;back=%2Fme"' in own
        assert SENT in await invite(ada, "bo")
        assert INVITED in (await bo.get("/me")).text
        assert "You and Ada are study partners." in await press(bo, "Yes")
        assert "You and Bo" in (await ada.get("/me")).text
        assert "</b>: 1\u00a0h of 10\u00a0h this week" in ada.shown
    await pass_time(stage.talk, days=7)
    async with stage.signed_in("ada") as ada, stage.signed_in("bo") as bo:
        await ada.get("/me")
        assert "Explain it to Bo, then swap." in await press(ada, "This week's question")
        assert "A good answer covers" in await press(ada, "What it covers")
        assert "To go further" in await press(ada, "Clear")
        assert "Share my last note" in (await ada.get("/see?command=partner+show")).text
        assert "You show Bo your hours" in await press(ada, "More")
        assert "Stop being study partners with Bo?" in await press(ada, "Leave", "partner leave")
        assert "You and Bo are no longer study partners." in await press(ada, "Leave Bo")
        assert FOUND_HOW in (await bo.get("/me")).text


async def test_matched_on_monday(stage: Stage) -> None:
    for who in ("ada", "bo"):
        async with stage.signed_in(who) as browser:
            await browser.get("/me")
            assert "I match members of console" in await press(browser, "Find me a partner")
            await press(browser, "Find me a partner")
            assert "You&#x27;re on the list in console." in (await browser.get("/me")).text
            if who == "bo":
                assert "I&#x27;ve stopped looking." in await press(browser, "Stop looking")
                assert FOUND_HOW in (await browser.get("/me")).text
                for _ in range(2):
                    await press(browser, "Find me a partner")
    await pass_time(stage.talk, days=7)
    async with stage.signed_in("bo") as bo:
        assert "You and Ada" in (await bo.get("/me")).text


async def test_a_no_is_told_to_nobody_and_asking_again_reaches_nobody(stage: Stage) -> None:
    async with stage.signed_in("ada") as ada, stage.signed_in("bo") as bo:
        await invite(ada, "bo")
        await bo.get("/me")
        assert "All right. Nobody is told." in await press(bo, "Not now")
        assert FOUND_HOW in (await ada.get("/me")).text
    stage.talk.advance(days=8)
    async with stage.signed_in("ada") as ada, stage.signed_in("bo") as bo:
        assert SENT in await invite(ada, "bo")
        assert INVITED not in (await bo.get("/me")).text


async def test_blocked_erased_and_come_back(stage: Stage) -> None:
    async with stage.signed_in("ada") as ada, stage.signed_in("bo") as bo:
        await invite(ada, "bo")
        await bo.get("/me")
        assert "is told nothing" in await press(bo, "More")
        assert "Ada is blocked, and told nothing." in await press(bo, "Block this person")
    await stage.talk("ada", "/mydata erase")
    await stage.talk.press("ada", "Erase everything")
    stage.talk.advance(days=8)
    await stage.talk("ada", "/checkin 1h")
    async with stage.signed_in("ada") as ada, stage.signed_in("bo") as bo:
        assert SENT in await invite(ada, "bo")
        assert INVITED not in (await bo.get("/me")).text
        await bo.get("/settings")
        assert "The block of Ada is lifted." in await press(bo, "Ada")


async def test_invitations_are_switched_off_and_on_among_the_settings(stage: Stage) -> None:
    async with stage.signed_in("ada") as ada, stage.signed_in("bo") as bo:
        await bo.get("/settings")
        assert "You get no invitations." in await press(bo, "No invitations", "partner invites")
        assert SENT in await invite(ada, "bo")
        assert INVITED not in (await bo.get("/me")).text
        assert "You get no invitations." in await press(bo, "Invitations")
        assert "Members of your groups can ask you" in await press(bo, "Take invitations")


async def test_whom_one_cannot_invite_is_said_under_the_field(stage: Stage) -> None:
    await stage.talk.join("cy")
    await stage.talk("cy", "/group hide")
    async with stage.signed_in("ada") as ada:
        assert "That&#x27;s you." in await invite(ada, "ada")
        for name in ("cy", "nobody"):
            assert f"I don&#x27;t see a member “{name}” here." in await invite(ada, name)


async def test_a_partners_note_is_not_on_the_page_that_opens_first(stage: Stage) -> None:
    await make_pair(stage.talk)
    await stage.talk("bo", "/partner show")
    await stage.talk.press("bo", "Share my last note")
    await stage.talk.press("bo", "Share it")
    async with stage.signed_in("ada") as ada:
        assert "secret of Bo" not in (await ada.get("/me")).text
        assert "secret of Bo" in (await ada.get("/see?command=partner+show")).text


async def test_who_is_in_no_group_is_offered_no_partner(stage: Stage) -> None:
    await stage.talk("ada", "/group leave")
    async with stage.signed_in("ada") as ada:
        assert FOUND_HOW not in (await ada.get("/me")).text
