"""No payload makes the program call a host that is not its platform's (Discord's files: tests/adapters/discord)."""

import pytest

from adapters.slack.client import WebApi
from bot.chat.delivery import PostRefused

ELSEWHERE = [
    "http://169.254.169.254/latest/meta-data",
    "http://hooks.slack.com/commands/1",
    "https://hooks.slack.com.evil.example/commands/1",
    "https://evil.example/hooks.slack.com",
    "https://files.slack.com:8443/1",
    "https://hooks.slack.com@evil.example/1",
    "https://hooks.slack.com:99999/1",
    "http://[/x",
    "file:///etc/passwd",
    "",
]


@pytest.mark.parametrize("url", ELSEWHERE)
async def test_an_answer_goes_to_slack_alone(url: str) -> None:
    api = WebApi()
    with pytest.raises(PostRefused, match="not Slack's"):
        await api.respond(url, {"text": "private"})
    await api.close()


@pytest.mark.parametrize("url", ELSEWHERE)
async def test_a_token_goes_to_slack_alone(url: str) -> None:
    api = WebApi()
    with pytest.raises(PostRefused, match="not Slack's"):
        await api.download(url, "xoxb-secret", 10)
    await api.close()
