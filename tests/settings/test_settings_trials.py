"""A road or a sound that is tried: what comes of it is told, and one trial at a time is made."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from agent.cases import Tier
from agent.channels.channel import Notice
from agent.config import Settings
from agent.errors import ChannelRefused, ConfigError, GeshaoError
from agent.settings import trials as module
from agent.settings.stand import Trial
from agent.settings.trials import Trials


class Carrier:
    """A road, or a loudspeaker, that fails with *error* if there is one."""

    def __init__(self, error: Exception | None = None) -> None:
        self.told: list[Notice] = []
        self._error = error

    async def deliver(self, notice: Notice) -> None:
        """Remember *notice*."""
        self.told.append(notice)
        if self._error is not None:
            raise self._error


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (None, Trial("passed")),
        (ChannelRefused("钉钉拒绝了。", "请检查。"), Trial("failed", "钉钉拒绝了。 请检查。")),
        (ZeroDivisionError(), Trial("failed", "鸽哨自己出错了（ZeroDivisionError）。")),
    ],
    ids=["arrives", "is refused", "a bug"],
)
async def test_a_road_is_tried(error: Exception | None, outcome: Trial) -> None:
    """It runs until something is known, and until then not a second time."""
    begun: list[Callable[[], Awaitable[None]]] = []
    carrier: Any = Carrier(error)
    trials = Trials(begun.append)
    heard = list[str]()
    trials.road("群", lambda: carrier, heard.append)
    running = trials.known["群"]
    with pytest.raises(GeshaoError, match="还没有结果"):
        trials.road("群", lambda: carrier, heard.append)
    await begun[0]()

    assert (Trial("running"), outcome) == (running, trials.known["群"])
    assert ([outcome.said] if not isinstance(error, ZeroDivisionError) else []) == heard
    assert ["试发"] == [notice.title for notice in carrier.told]


@pytest.mark.parametrize(
    ("fault", "outcome"), [("", Trial("passed")), ("用不了", Trial("failed", "用不了"))]
)
async def test_a_sound_is_played(
    monkeypatch: pytest.MonkeyPatch, fault: str, outcome: Trial
) -> None:
    """A file of one's own that cannot be played is told, though the usual tone sounds."""
    begun: list[Callable[[], Awaitable[None]]] = []
    carrier = Carrier()

    def sound_of(_settings: Settings, tells: Callable[[str], None]) -> Carrier:
        if fault:
            tells(fault)
        return carrier

    monkeypatch.setattr(module, "sound_of", sound_of)
    trials = Trials(begun.append)
    trials.sound(Tier.URGENT, Settings())
    await begun[0]()

    assert outcome == trials.known["sound:urgent"]
    assert [Tier.URGENT] == [notice.tier for notice in carrier.told]


def test_without_sound_nothing_is_played() -> None:
    """The next step is to switch it on."""
    settings = Settings.model_validate({"channels": {"sound": {"enabled": "false"}}})
    with pytest.raises(ConfigError, match="声音在配置里关着"):
        Trials(lambda _: None).sound(Tier.URGENT, settings)
