"""The last twelve months of a list, in numbers and as a line."""

from datetime import date

import pytest
from django.test import Client

from intersession.kit import clock
from intersession.lists.models import Month
from intersession.lists.rules.traffic import Traffic, months_until, traffic
from intersession.lists.testing import a_list
from tests.lists.archive import archived
from tests.lists.mail import mail

TODAY = date(2026, 3, 31)


def test_twelve_months_end_with_the_one_of_today() -> None:
    months = months_until(TODAY)

    assert len(months) == 12
    assert (months[0], months[-1]) == (date(2025, 4, 1), date(2026, 3, 1))


def test_months_without_mail_count_as_none_and_older_ones_not_at_all() -> None:
    held = {date(2026, 3, 1): 2, date(2026, 1, 1): 5, date(2025, 3, 1): 99}

    told = traffic(held, TODAY)

    assert told == Traffic((0,) * 9 + (5, 0, 2), date(2026, 1, 1))
    assert (told.total, told.most) == (7, 5)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/lists/", "/coalitions/"])
def test_the_line_of_a_list_stands_with_its_numbers(client: Client, path: str) -> None:
    archived(a_list(), [mail("a@x.example", "Now.")])
    Month.objects.update(first_day=clock.now().date().replace(day=1))

    page = client.get(path).text

    assert '<svg class="spark"' in page
    assert "Last 12 months: 1 message, in " in page


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/lists/", "/coalitions/"])
def test_a_quiet_list_has_words_and_no_line(client: Client, path: str) -> None:
    archived(a_list(), [mail("a@x.example", "Long ago.")])
    Month.objects.update(first_day=date(2020, 1, 1))

    page = client.get(path).text

    assert '<svg class="spark"' not in page
    assert "Last 12 months: none" in page
