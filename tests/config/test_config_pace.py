"""How the night and the road are written in the file, and what is refused about them."""

from datetime import time, timedelta
from pathlib import Path

import pytest

from agent.config import NightSettings, Settings, parse_settings
from agent.errors import ConfigError
from agent.listing import pace_of
from agent.pace import Night

FILE = Path("geshao.yaml")
TIME = "应为一天里的时刻，例如 01:00 或 23:30"


def read(text: str) -> Settings:
    """Return the settings that *text* says."""
    return parse_settings(text, FILE)


@pytest.mark.parametrize("begins", ["01:00", '"01:00"', "1:00"])
def test_a_night_is_read(begins: str) -> None:
    """Quoted or not, it is a time of day and not a number of seconds."""
    night = read(f"pace: {{night: {{from: {begins}, to: 07:30, interval: 5m}}}}").pace.night

    assert night is not None
    assert (time(1), time(7, 30)) == (night.begins, night.ends)
    assert timedelta(minutes=5) == night.interval


def test_without_a_word_there_is_no_night_and_no_travel() -> None:
    """Nobody is watched less often who did not ask for it."""
    pace = read("pace:\n  night:\n  travel:\n").pace

    assert (None, "off") == (pace.night, pace.travel)


@pytest.mark.parametrize(("travel", "travels"), [("on", True), ("off", False), ("auto", True)])
def test_travel_is_what_was_asked_for(
    monkeypatch: pytest.MonkeyPatch,
    travel: str,
    travels: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """Always, never, or as the battery says."""
    monkeypatch.setattr("agent.power.psutil.sensors_battery", _running_out, raising=False)
    pace = pace_of(read(f"pace: {{travel: {travel}}}"))

    assert travels is pace.travelling()


def _running_out() -> object:
    class Battery:
        power_plugged = False
        percent = 20

    return Battery()


def test_the_night_reaches_the_watching() -> None:
    """With its times and its interval, by the clock of this machine."""
    pace = pace_of(read("pace: {night: {from: 23:00, to: 06:00, interval: 10m}}"))

    assert (Night(time(23), time(6), timedelta(minutes=10)), None) == (pace.night, pace.zone)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'pace:\n  night:\n    from: "25:00"\n    to: 07:00\n    interval: 5m',
            f"第 3 行 pace.night.from：写的是「25:00」，{TIME}。",
        ),
        (
            "pace: {night: {from: 1点, to: 07:00, interval: 5m}}",
            f"pace.night.from：写的是「1点」，{TIME}。",
        ),
        (
            "pace:\n  night:\n    from: 07:00\n    to: 7:00\n    interval: 5m",
            "第 4 行 pace.night.to：写的是「7:00」，应为和 from 不同的时刻。",
        ),
        (
            "pace: {interval: 1m, night: {from: 1:00, to: 2:00, interval: 30s}}",
            "pace.night.interval：写的是「30s」，应为不短于白天间隔（pace.interval）的时长。",
        ),
        (
            "pace: {night: {from: 1:00, to: 2:00, interval: 2h}}",
            "pace.night.interval：写的是「2h」，应为带单位的时长",
        ),
        (
            "pace: {night: {from: 1:00, interval: 5m}}",
            "pace.night.to：缺少这一项，请写上到几点为止，例如 07:00。",
        ),
        (
            "pace: {night: {form: 1:00, to: 2:00, interval: 5m}}",
            "pace.night.form：没有这个键，是不是想写 from？",
        ),
        ("pace: {night: 5m}", "pace.night：写的是「5m」，这里应是下一级的「键: 值」。"),
        (
            "pace: {travel: true}",
            "pace.travel：写的是「true」，可选：auto（用电池时）、on（一直）、off（从不）。",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_spot(text: str, said: str) -> None:
    """In Chinese, with the line, the key as it is written in the file, and what is allowed."""
    with pytest.raises(ConfigError) as error:
        read(text)

    assert said in str(error.value)


def test_a_night_has_a_length_whoever_makes_it() -> None:
    """Code is held to it as well as the file."""
    with pytest.raises(ValueError, match="和 from 不同的时刻"):
        NightSettings.model_validate(
            {"from": time(1), "to": time(1), "interval": timedelta(minutes=5)}
        )
