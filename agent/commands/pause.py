"""`geshao pause` and `geshao resume`: stop looking for a while, also beside a running Geshao."""

from datetime import timedelta
from typing import Annotated

import typer

from agent.cases import EVERY_SHOP
from agent.commands.beside import Beside, opened_beside
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.spans import span_of
from agent.commands.speak import tell
from agent.errors import GeshaoError

_LONGEST = timedelta(days=30)

ShopArgument = Annotated[
    str | None, typer.Argument(metavar="SHOP", help="店铺的短名（id）；不写就是全部店铺。")
]


def pause(
    shop: ShopArgument = None,
    *,
    span: Annotated[
        str | None,
        typer.Option("--for", metavar="SPAN", help="暂停多久：30m、2h、1d；不写就到您继续为止。"),
    ] = None,
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Read nothing for a while; what is listed rings as before."""
    wanted = None if span is None else _span(span)
    with opened_beside(Places.of(config, data)) as beside:
        paused = beside.pauses.pause(chosen(beside, shop), wanted)
    until = "" if paused.until is None else f"，到 {paused.until.astimezone():%m-%d %H:%M} 自动继续"
    again = f"geshao resume {shop}" if shop else "geshao resume"
    tell(
        f"✓ 已暂停监看{shop or '全部店铺'}{until}。"
        f"新来的看不到，已经列出的待办照样提醒；要继续就运行 {again}。"
    )


def resume(
    shop: ShopArgument = None, *, config: ConfigOption = None, data: DataOption = None
) -> None:
    """Go on, and read at once; also where a platform that asked for a person is let rest."""
    with opened_beside(Places.of(config, data)) as beside:
        beside.pauses.resume(chosen(beside, shop))
    tell(f"✓ 继续监看{shop or '全部店铺'}。")


def chosen(beside: Beside, shop: str | None) -> str:
    """Return the shop that was typed, `EVERY_SHOP` if none was. Raises GeshaoError."""
    if shop is None:
        return EVERY_SHOP
    if shop not in {one.id for one in beside.settings.shops}:
        raise GeshaoError(f"没有名为 {shop} 的店铺。", "运行 geshao shop list 查看。")
    return shop


def _span(text: str) -> timedelta:
    return span_of(
        text,
        _LONGEST,
        write="请写成 30m、2h 或 1d。",
        refused=f"不能暂停 {text}。",
        allowed="可以暂停 1m 到 30d，或不写 --for。",
    )
