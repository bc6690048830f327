import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_limits_from_other_tests() -> None:
    cache.clear()
