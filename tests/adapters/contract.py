"""The promises of every adapter, whatever its platform: one suite, run against each of them.

An adapter's tests subclass `AdapterContract`, and answer `make` with a `Probe`: the adapter on its far side, as two
members of the platform see it and use it.

    class TestDiscord(AdapterContract):
        async def make(self, core: FakeCore) -> Probe: ...
"""

from tests.adapters.contract_answers import AnswerContract
from tests.adapters.contract_posts import PostContract
from tests.adapters.probe import ADA, BOB, Probe, Shown

__all__ = ["ADA", "BOB", "AdapterContract", "Probe", "Shown"]


class AdapterContract(PostContract, AnswerContract):
    """The promises; `make` gives the adapter to hold to them.

    Those of one by which people only ask are `contract_asking.AskingContract` alone.
    """
