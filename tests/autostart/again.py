"""What becomes of an entry that is switched off when the user asks for it once more."""

from collections.abc import Sequence

from agent.autostart import Autostart


def put_again(autostart: Autostart, words: Sequence[str]) -> tuple[bool, bool]:
    """Return whether the entry is switched off, and whether it is after *words* were put anew."""
    before = autostart.entry()
    autostart.put(words)
    after = autostart.entry()
    assert before is not None
    assert after is not None
    return before.switched_off, after.switched_off
