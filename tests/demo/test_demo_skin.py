"""Class names of the make-believe pages: what a release changes and what it leaves."""

import random

import pytest

from agent.demo.doudian.skin import FeigeBuild, Skin
from agent.demo.kit import data_island

READABLE = {
    "headerShopName": "headerShopName",
    "groupTitle": "groupTitle",
    "groupItems": "groupItems",
    "label": "label",
    "selected": "selected",
    "name": "name-",
    "spec": "spec-",
    "itemWrapper": "item-wrapper",
    "emptyRow": "empty",
    "roleItem": "roleItem",
    "nameLine": "nameLine",
    "nameContent": "NameContent",
    "preview": "msgContent",
    "age": "timerParticular",
    "badge": "badge-count",
    "conversationCard": "conversationCard",
    "needReply": "needReply",
}


def skin(seed: int = 1, build: FeigeBuild = "new") -> Skin:
    """Return the class names of a fresh start."""
    rng = random.Random(seed)
    return Skin(rng, "auxo", build)


def test_hashes_differ_between_starts() -> None:
    """Two starts share no class name, and the same seed gives the same names."""
    one, same, other = skin(1).names, skin(1).names, skin(2).names

    assert one == same
    assert set() == set(one.values()) & set(other.values())


@pytest.mark.parametrize(("part", "readable"), READABLE.items())
def test_readable_part_survives_a_release(part: str, readable: str) -> None:
    """A release changes the hash and leaves the part that people can read."""
    current = skin()
    before = current.names[part]
    current.rename(hard=False)

    assert before != current.names[part]
    assert readable in before
    assert readable in current.names[part]


@pytest.mark.parametrize(("part", "readable"), READABLE.items())
def test_hard_release_leaves_nothing_readable(part: str, readable: str) -> None:
    """A hard release takes the readable part as well, and the component prefix."""
    current = skin()
    current.rename(hard=True)

    assert readable not in current.names[part]
    assert current.ui not in {"auxo", "aurora"}


def test_old_build_wears_bare_hashes() -> None:
    """The old chat build starts with the documented hashes and loses them with a release."""
    current = skin(build="old")
    before = dict(current.names)
    current.rename(hard=False)

    assert "MP1bk3ccfHC9V2SnPCGD" == before["nameLine"]
    assert "MP1bk3ccfHC9V2SnPCGD" not in current.names.values()


def test_data_island_cannot_be_left() -> None:
    """No text in the data ends the script tag that carries it."""
    island = data_island({"name": "</script><b>&"})

    assert not set("<>&") & set(island)
