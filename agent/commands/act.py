"""`geshao ack`, `snooze`, `assign` and `star`: act on a case without the window."""

from datetime import timedelta
from typing import Annotated

import typer

from agent.clock import SystemClock
from agent.commands.beside import Beside, opened_beside
from agent.commands.pause import chosen
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.spans import span_of
from agent.commands.speak import tell
from agent.errors import ConfigError
from agent.snapshot import Row
from ui.plaintext import harmless

_LONGEST = timedelta(days=1)

CaseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help="列表里的编号（如 12）或平台单号。")
]


def ack(
    case: Annotated[
        str | None, typer.Argument(metavar="CASE", help="列表里的编号（如 12）或平台单号。")
    ] = None,
    *,
    shop: Annotated[
        str | None,
        typer.Option("--shop", metavar="SHOP", help="这家店提醒过、还没人处理的，一次全部接手。"),
    ] = None,
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Take a case in hand, or all of a shop: it falls silent until it gets louder or later."""
    if (case is None) == (shop is None):
        raise ConfigError(
            "请写一件待办，或者用 --shop 写一家店：只写一样。",
            "运行 geshao ack 12 接手一件，或 geshao ack --shop shanque 接手一家店的。",
        )
    with opened_beside(Places.of(config, data)) as beside:
        said = _ack_case(beside, case) if case is not None else _ack_shop(beside, shop)
    tell(said)


def _ack_case(beside: Beside, case: str) -> str:
    taken = beside.inbox.acknowledge(case)
    return f"✓ #{taken.number} 由您处理；升级或更临近时限时会再提醒。"


def _ack_shop(beside: Beside, shop: str | None) -> str:
    taken = beside.inbox.acknowledge_shop(chosen(beside, shop))
    left = f"还有 {taken.left} 件还没有提醒过，不在内。" if taken.left else ""
    return f"✓ {shop} 的 {len(taken.cases)} 件由您处理；升级或更临近时限时会再提醒。{left}"


def snooze(
    case: CaseArgument,
    *,
    span: Annotated[
        str, typer.Option("--for", metavar="SPAN", help="推迟多久：30m、1h、1h30m。")
    ] = "30m",
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Put a case off; never past the last step before its deadline."""
    wanted = _span(span)
    with opened_beside(Places.of(config, data)) as beside:
        asked = SystemClock().now() + wanted
        until = beside.inbox.snooze(case, wanted)
        number = beside.inbox.find(case).number
    when = f"{until.astimezone():%m-%d %H:%M}"
    if until < asked:
        tell(f"✓ #{number} 只推迟到 {when}：再晚就来不及了，到那时会提醒。")
    else:
        tell(f"✓ #{number} 推迟到 {when}（不会拖过时限）。")


def assign(
    case: CaseArgument,
    person: Annotated[
        str | None, typer.Argument(metavar="PERSON", help="roster.people 里的一个人。")
    ] = None,
    *,
    off: Annotated[bool, typer.Option("--off", help="不再指定给谁，按排班表。")] = False,
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Give one case to a person of the roster, or leave it again to whose kind it is."""
    if (person is None) != off:
        raise ConfigError(
            "请写一个人，或者写 --off：只写一样。",
            "运行 geshao assign 12 小王，或 geshao assign 12 --off。",
        )
    with opened_beside(Places.of(config, data)) as beside:
        number = beside.inbox.assign(case, person or "").number
        row = beside.inbox.case(case).row
    tell(harmless(f"✓ #{number} {_whose(row)}。"))


def _whose(row: Row) -> str:
    if row.lost is not None:  # a holiday: it was of the roster a moment ago
        return f"指定给 {row.case.person}；休假期间由 {row.assigned} 处理"
    if row.case.person:
        return f"交给 {row.case.person}，提醒会点名找 {row.case.person}"
    return f"不再指定，按排班表由 {row.assigned} 处理" if row.assigned else "不再指定给谁"


def star(
    case: CaseArgument,
    *,
    off: Annotated[bool, typer.Option("--off", help="去掉星标。")] = False,
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Mark a case with a star, so that it is found again; what rings stays the same."""
    with opened_beside(Places.of(config, data)) as beside:
        beside.inbox.star(case, starred=not off)
        number = beside.inbox.find(case).number
    tell(f"✓ #{number} {'去掉了星标' if off else '已加星标'}。")


def _span(text: str) -> timedelta:
    return span_of(
        text,
        _LONGEST,
        write="请写成 30m、1h 或 1h30m。",
        refused=f"不能推迟 {text}。",
        allowed="可以推迟 1m 到 24h。",
    )
