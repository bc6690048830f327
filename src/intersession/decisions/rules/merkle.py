"""
The frozen record: a Merkle tree over salted digests (RFC 9162, section 2.1).

Each item (a text, a position, an objection, a turn of it, the determination) is written as
canonical JSON and digested under a salt kept beside it. The leaf holds only kind, key and digest,
so that an item whose content and salt are erased later leaves every other one provable.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from intersession.decisions.rules.texts import from_json, text_hash
from intersession.journal.rules import canonical, salted_digest
from intersession.kit import merkle


@dataclass(frozen=True, slots=True)
class Leaf:
    """One item of the record: what it is, its key in the call, its salted digest."""

    kind: str
    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking an export found: problems (none if it holds), and what was erased."""

    problems: tuple[str, ...]
    erased: tuple[str, ...]

    def __bool__(self) -> bool:
        return not self.problems


def digest(content: Mapping[str, Any], salt: str) -> str:
    """Digest an item's canonical JSON under its salt (hexadecimal)."""
    return salted_digest(canonical(content).decode(), salt)


def leaf_digest(leaf: Leaf) -> str:
    """Bind an item's digest to its kind and key (hexadecimal SHA-256 of canonical JSON)."""
    body = {"kind": leaf.kind, "key": leaf.key, "digest": leaf.digest}
    return sha256(canonical(body)).hexdigest()


def root(leaves: Sequence[Leaf]) -> str:
    """Return the root of the leaves in their order (hexadecimal)."""
    return merkle.root([leaf_digest(leaf) for leaf in leaves])


def verify(export: Mapping[str, Any]) -> Verdict:
    """
    Check an exported record by itself: every digest and text against its content, then the root.

    An item without content was erased: its digest still counts. Problems name the item.
    """
    problems, erased, leaves = [], [], []
    for item in export["leaves"]:
        name = f"{item['kind']} {item['key']}"
        leaves.append(Leaf(item["kind"], item["key"], item["digest"]))
        if item.get("content") is None:
            erased.append(name)
        elif digest(item["content"], item["salt"]) != item["digest"]:
            problems.append(f"{name} is not what was frozen")
        elif item["kind"] == "text" and not _is_text(item["content"], export["texts"]):
            problems.append(f"{name} has another hash than was frozen")
    if root(leaves) != export["root"]:
        problems.append("the root does not fit the leaves")
    return Verdict(tuple(problems), tuple(erased))


def _is_text(content: Mapping[str, Any], texts: Mapping[str, Any]) -> bool:
    frozen = texts.get(str(content["round"]))
    return frozen is not None and (
        text_hash(frozen["text"], from_json(frozen["passages"])) == content["hash"]
    )
