"""The keys of the answers of a make-believe office: what a release does to them."""

import random

from agent.demo.kit import Skin


def skin() -> Skin:
    """Return the names of a list whose row has a class and whose answer a key."""
    return Skin(random.Random(1), {"row": "row__#", "fixed": "stays"}, known_keys={"rows": "list"})


def test_keys_are_renamed_alone() -> None:
    """Other keys are a release of their own, in which every class stays as it is."""
    current = skin()
    before = dict(current.names)
    current.rename_keys()

    assert before == current.names
    assert {"rows"} == current.keys.keys()
    assert "list" not in current.keys.values()
    assert 2 == current.release


def test_a_usual_release_takes_other_keys_back() -> None:
    """Packs can read the answers of any release but a hard one and one of other keys."""
    current = skin()
    current.rename(hard=True)
    hard = dict(current.keys)
    current.rename(hard=False)

    assert "list" not in hard.values()
    assert {"rows": "list"} == current.keys
