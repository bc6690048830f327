from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersession.kit import merkle

DIGESTS = st.lists(st.binary(max_size=8).map(lambda b: sha256(b).hexdigest()), min_size=1)


def test_the_root_of_nothing_is_the_hash_of_nothing() -> None:
    assert merkle.root([]) == sha256(b"").hexdigest()


def test_known_roots_of_the_certificate_transparency_test_vectors() -> None:
    vectors = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    assert merkle.root(vectors[:1]) == (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    )
    assert merkle.root(vectors[:3]) == (
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"
    )
    assert merkle.root(vectors[:7]) == (
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"
    )


@given(DIGESTS, st.data())
def test_every_item_can_be_proved(digests: list[str], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(digests) - 1))

    proof = merkle.proof(digests, index)

    assert merkle.proves(merkle.root(digests), digests[index], index, len(digests), proof)


@given(DIGESTS, st.data())
def test_no_other_item_can_be_proved(digests: list[str], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(digests) - 1))
    proof = merkle.proof(digests, index)
    other = sha256(b"another item").hexdigest()

    assert not merkle.proves(merkle.root(digests), other, index, len(digests), proof)
    assert not merkle.proves(
        merkle.root(digests), digests[index], index, len(digests), [*proof, other]
    )
    assert not merkle.proves(merkle.root(digests), digests[index], -1, len(digests), proof)


@given(DIGESTS)
def test_one_changed_item_changes_the_root(digests: list[str]) -> None:
    changed = [*digests[:-1], sha256(b"another item").hexdigest()]

    assert merkle.root(changed) != merkle.root(digests)


def test_an_item_that_is_not_there_has_no_proof() -> None:
    with pytest.raises(IndexError):
        merkle.proof([], 0)
