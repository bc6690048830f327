"""A worker that meets a fault of ours goes on with everything else."""

from pathlib import Path
from zlib import compress

import pytest

from intersession.lists.models import Content, Parcel
from intersession.lists.testing import a_list
from tests.faults.house import a_house, a_post, readers, until

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_post_that_cannot_be_read_any_more_stops_no_other(tmp_path: Path) -> None:
    talk = a_list()
    members = readers(talk, 5)
    with a_house(tmp_path) as house:
        house.listener()
        assert house.posted(a_post(talk, 1), talk.address) == [250]
        Content.objects.update(raw=compress(b"")[:-3])
        house.worker()
        until(lambda: Parcel.objects.exclude(trouble="").exists(), "nobody noticed")

        assert house.posted(a_post(talk, 2), talk.address) == [250]
        until(lambda: len(house.sink.taken) == len(members), "the second post did not go out")

        assert Parcel.objects.exclude(trouble="").exclude(done_at=None).count() == 0
    assert {copy.message_id for copy in house.sink.taken} == {"2@example.org"}
