"""A road to a phone or a group: its place in the file, what opens it, and a message to try it."""

import re
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from yarl import URL

from agent.cases import Tier
from agent.channels.channel import Notice, Words
from agent.config import RoadSettings, add_road, read_settings, remove_road, set_value
from agent.errors import ConfigError
from agent.folder import journal_file
from agent.journal import ChannelHealth, Journal
from agent.vault import RoadKey

_Result = TypeVar("_Result")

_TOPIC = re.compile(r"/[-_A-Za-z0-9]{16,56}/?")
"""ntfy takes 64 characters at most, and the topic for answers has eight more."""
_ALONE = frozenset("@?#")
"""A password would be in each button's address, and what follows the topic gets lost."""
_SEAL_BYTES = 32
_TRIAL = Words("试发", ("这是一条测试，不用处理。",))


def put_road(file: Path, road: RoadSettings, keep: Callable[[], _Result]) -> _Result:
    """Add *road* to *file*, and *keep* what opens it: both, or neither. Raises GeshaoError."""
    add_road(file, road)
    try:
        return keep()
    except BaseException:
        remove_road(file, road.name)
        raise


def set_tiers(file: Path, name: str, tiers: Sequence[str]) -> int:
    """Have the road called *name* in *file* hear *tiers*; return the line. Raises ConfigError."""
    names = [road.name for road in read_settings(file).roads]
    if name not in names:
        raise ConfigError(f"没有名为 {name} 的通道。", "请看现在的通道，再试一次。")
    return set_value(file, ("roads", names.index(name), "tiers"), f"[{', '.join(tiers)}]")


def trial_notice() -> Notice:
    """Return a message that asks for nothing."""
    return Notice(Tier.NORMAL, _TRIAL.title, _TRIAL.lines, masked=_TRIAL)


def remember(folder: Path, health: ChannelHealth) -> None:
    """Note how it went, so that what was mended is not shown in red until the next alert."""
    file = journal_file(folder)
    if file.exists():
        with Journal.open(file) as journal:
            journal.note_channel(health)


def key_of(road: RoadSettings, url: str, secret: str) -> RoadKey:
    """Return what opens *road*, as a person gave it. Raises ConfigError if it opens none."""
    if road.type == "ntfy":
        return _ntfy_key(url, secret)
    if road.type != "apprise":
        _check_address(url)
    elif "://" not in url:
        raise ConfigError("这不是 Apprise 的地址。", "例如 bark://… 或 mailto://…，请看它的说明。")
    return RoadKey(url, secret if road.may_be_signed else "")


def _check_address(url: str) -> None:
    try:
        parsed = URL(url)
        fits = parsed.scheme in {"http", "https"} and bool(parsed.host)
    except ValueError:
        fits = False
    if not fits:
        raise ConfigError("这不是一个网址。", "请从机器人的设置里完整复制，以 https:// 开头。")


def _ntfy_key(url: str, token: str) -> RoadKey:
    """Return what opens the topic at *url*, with a new key of our own for its answers.

    Raises ConfigError if *url* names no topic, or one that somebody could guess.
    """
    try:
        parsed = URL(url)
        fits = parsed.scheme in {"http", "https"} and bool(parsed.host) and _ALONE.isdisjoint(url)
    except ValueError:
        fits = False
    if not fits or not _TOPIC.fullmatch(parsed.path):
        raise ConfigError(
            "这不是 ntfy 的主题网址，或主题太短：它就是密码，要 16 到 56 个字母、数字、- 和 _。",
            f"例如 https://ntfy.sh/geshao-{secrets.token_hex(12)}（刚随机产生的，可以直接用）。",
        )
    return RoadKey(url.rstrip("/"), token, secrets.token_urlsafe(_SEAL_BYTES))
