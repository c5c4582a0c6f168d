"""The terms on which a sender works: whether it may, and what becomes of a post that may or may not stand there."""

from collections.abc import Callable
from random import Random, SystemRandom

from msgspec import Struct, field

from bot.store.tx import Tx


class SendingTerms(Struct, frozen=True):
    """What a sender may rely on; by itself it may always send.

    `is_held` tells in a transaction whether this process still serves the platform, and is asked in each claim;
    `has_room` whether it surely does for as long as a post takes, and is asked right before each post. With
    `repeats_unsure` a post that can't be looked for is posted again, else it is dropped. `random` spreads retries.
    """

    is_held: Callable[[Tx], bool] = lambda _: True
    has_room: Callable[[], bool] = lambda: True
    repeats_unsure: bool = True
    random: Random = field(default_factory=SystemRandom)
