"""What is said where the system refuses something that no other sentence is about."""

import pytest

from bot import standard_streams


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device"), "The system refused: No space left on device."),
        (
            FileNotFoundError(2, "No such file or directory", "/a"),
            "The system refused: No such file or directory (/a).",
        ),
        (TimeoutError(), "The system refused: TimeoutError."),
    ],
)
def test_a_refusal_is_never_empty(error: OSError, said: str) -> None:
    assert standard_streams.sentence_of(error) == said
