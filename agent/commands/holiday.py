"""`geshao holiday`: one switch for a time in which somebody else is on duty."""

from typing import Annotated

import typer

from agent.cases import Policy, Tier
from agent.clock import SystemClock
from agent.commands.duty import duty_lines
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.speak import note, tell
from agent.config import Settings, set_holiday
from agent.config.channels import OWN_CHANNELS
from agent.errors import ConfigError
from agent.folder import is_held
from agent.holidays import planned
from ui.duty import auto_reply

_USAGE = "例如 geshao holiday --from 2026-10-01 --to 2026-10-07 --stand-in 小李。"
_OFF, _STATUS = "off", "status"


def holiday(
    action: Annotated[
        str | None,
        typer.Argument(metavar="ACTION", help="off 结束休假，status 看现在；不写就看后面的选项。"),
    ] = None,
    *,
    first: Annotated[
        str | None, typer.Option("--from", metavar="D", help="第一天，例如 2026-10-01。")
    ] = None,
    last: Annotated[str | None, typer.Option("--to", metavar="D", help="最后一天。")] = None,
    stand_in: Annotated[
        str | None,
        typer.Option("--stand-in", metavar="NAME", help="谁值班；不写就是 roster 的 stand_in。"),
    ] = None,
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Have a stand-in called at once on phones, with a quiet desk, from one day to another."""
    places = Places.of(config, data)
    typed = {"from": first, "to": last, "stand_in": stand_in}
    words = {key: value for key, value in typed.items() if value is not None}
    if action is None and words:
        _begin(places, words)
    elif action in {None, _STATUS} and not words:
        _show(places.settings())
    elif action == _OFF and not words:
        _end(places)
    else:
        raise ConfigError(
            f"看不懂 geshao holiday {action or ''}这样的写法。",
            f"写 off、status，或者写日期，{_USAGE}",
        )


def _begin(places: Places, words: dict[str, str]) -> None:
    if not {"from", "to"} <= words.keys():
        raise ConfigError("要写明休假的第一天和最后一天。", _USAGE)
    today = SystemClock().now().astimezone().date()
    wanted = planned(words, places.settings(), today, _USAGE)
    set_holiday(places.config, wanted)
    tell("✓ 记下了休假。")
    _show(places.settings())
    tell(
        "\n自动回复可以用下面这段，请自己贴到平台的自动回复里（鸽哨从不替您发送）：\n"
        f"\n{auto_reply(wanted.first, wanted.last)}"
    )
    _say_from_when(places)


def _end(places: Places) -> None:
    if places.settings().holiday is None:
        tell("本来就没有休假。")
        return
    set_holiday(places.config, None)
    tell("✓ 休假结束，提醒照常。平台上贴了自动回复的，请自己关掉。")
    _say_from_when(places)


def _show(settings: Settings) -> None:
    policy = settings.to_policy()
    if policy.holiday is None:
        tell("没有休假。")
    for line in duty_lines(policy, SystemClock().now()):
        tell(line)
    if policy.away is not None and not _leaves_the_desk(policy.away):
        note(
            "⚠ 紧急的也只在这台电脑上响：旁边没有人，就没有人听见。\n"
            "→ 用 geshao channel add 添加一条到手机或群里的通道。"
        )


def _leaves_the_desk(policy: Policy) -> bool:
    return not OWN_CHANNELS.keys() >= set(policy.loudness[Tier.URGENT].channels)


def _say_from_when(places: Places) -> None:
    if is_held(places.data):
        note("正在运行的鸽哨几秒内照此提醒。")
