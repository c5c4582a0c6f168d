"""Failed promises of the shared suite are explained as fully as those of a test file."""

import pytest

pytest.register_assert_rewrite(
    "tests.adapters.contract", "tests.adapters.contract_answers", "tests.adapters.contract_posts"
)
