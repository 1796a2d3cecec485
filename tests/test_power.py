"""Whether the machine lives on its battery, as its system tells."""

from types import SimpleNamespace

import psutil
import pytest

from agent.machine import Battery
from agent.power import battery, on_battery


@pytest.mark.parametrize(
    ("battery", "expected"),
    [
        (None, False),
        (SimpleNamespace(percent=50, power_plugged=True), False),
        (SimpleNamespace(percent=50, power_plugged=None), False),
        (SimpleNamespace(percent=50, power_plugged=False), True),
    ],
    ids=["no battery", "plugged in", "nobody knows", "on battery"],
)
def test_only_a_battery_that_is_used_counts(
    monkeypatch: pytest.MonkeyPatch,
    battery: object,
    expected: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """What is not known for sure changes nothing."""
    monkeypatch.setattr(psutil, "sensors_battery", lambda: battery, raising=False)

    assert expected is on_battery()


def test_a_system_that_cannot_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no battery, and no reason to stop."""

    def fail() -> None:
        raise OSError("no such file")

    monkeypatch.setattr(psutil, "sensors_battery", fail, raising=False)

    assert not on_battery()


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (None, None),
        (SimpleNamespace(percent=62.6, power_plugged=False), Battery(63, used=True)),
        (SimpleNamespace(percent=100, power_plugged=True), Battery(100, used=False)),
        (SimpleNamespace(percent=None, power_plugged=None), Battery(None, used=False)),
        (SimpleNamespace(percent=255, power_plugged=False), Battery(None, used=True)),
    ],
    ids=["none", "used", "plugged in", "nobody knows", "no percentage"],
)
def test_what_the_battery_says(
    monkeypatch: pytest.MonkeyPatch, found: object, expected: Battery | None
) -> None:
    """How full it is, if that is known; an empty one is never made up."""
    monkeypatch.setattr(psutil, "sensors_battery", lambda: found, raising=False)

    assert expected == battery()
