"""What `geshao pack check` shows of a queue: lines for people, JSON for scripts."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from agent.cases import Kind, Source
from agent.commands.speak import whole
from agent.events import moment
from agent.platforms.checkup import QueueChecked, RowRead
from agent.platforms.explain import FieldRead
from agent.platforms.hours import CHINA
from agent.platforms.points import Part, Point
from agent.platforms.veil import Veil
from agent.words import say
from ui.plaintext import harmless

_LONGEST = 60
_PARTS: Mapping[Part, str] = {
    Part.PAGE: "打开页面",
    Part.GATES: "拦路的页面",
    Part.SHOP: "店铺名",
    Part.ANSWER: "接口",
    Part.TABLE: "表格",
    Part.COUNTERS: "平台计数",
    Part.END: "读到的行",
    Part.EMPTINESS: "怎么知道没有",
    Part.REFUSED: "拦下的请求",
}
_SOURCES: Mapping[str, str] = {
    Source.RESPONSE: "来自接口",
    Source.DOM: "来自页面表格",
    Source.NONE: "没有读到",
}
_SIGNS: Mapping[bool | None, tuple[str, str]] = {
    True: ("✓", "green"),
    False: ("✗", "bold red"),
    None: ("·", "dim"),
}


def report(checked: QueueChecked, advice: str) -> Group:
    """Return the lines about one queue; nothing of a page gets there unveiled."""
    veil = _veil(checked)
    outcome = checked.reading.outcome
    sign, style = _SIGNS[outcome.complete]
    parts: list[RenderableType] = [
        Text.assemble((f"{checked.title}", "bold"), f"（{checked.name}）"),
        _points(checked, veil),
    ]
    parts += [_row(row, veil) for row in checked.rows]
    if checked.strange:
        words = "，".join(veil.over(harmless(word)) for word in checked.strange)
        parts.append(Text(f"  没见过的词：{words}", "yellow"))
    detail = veil.over(harmless(checked.reading.detail))
    said = say(f"outcome.{outcome}") + (f"：{detail}" if detail else "")
    parts.append(Text.assemble((f"{sign} {said}", style), f"（{checked.reading.seconds:.1f} 秒）"))
    parts.append(Text(f"→ {advice}\n"))
    return Group(*parts)


def _points(checked: QueueChecked, veil: Veil) -> Table:
    table = Table.grid(padding=(0, 1), pad_edge=True)
    last = None
    for point in checked.points:
        sign, style = _SIGNS[point.well]
        title = _PARTS[point.part] if point.part is not last else ""
        last = point.part
        table.add_row(Text(f" {sign}", style), title, whole(_told(point, veil)))
    return table


def _told(point: Point, veil: Veil) -> str:
    found, what = _short(point.found, veil), harmless(point.what)
    if point.part is Part.PAGE:
        return " ".join(filter(None, (what, found)))
    if point.part is Part.GATES:
        return f"{what} {found}" if what else "没有遇到"
    if point.part is Part.SHOP:
        return _told_shop(point, what, harmless(point.found))
    if point.part is Part.REFUSED:
        return f"{veil.over(what)}（{found} 次）"
    if point.part is Part.END:
        return f"{found} 行，页面说共 {point.wanted or '?'} 行，{_SOURCES[point.what]}"
    wanted = f"，应为 {harmless(point.wanted)}" if point.well is False and point.wanted else ""
    nothing = "（空）" if point.well else "（没有）"
    return f"{what} = {found or nothing}{wanted}"


def _told_shop(point: Point, what: str, name: str) -> str:
    if not name:
        return "没有找到" if point.well is False else "这个平台不显示，只凭登录账号确认"
    other = "" if point.well else f"，配置里是「{harmless(point.wanted)}」"
    number, _, by = what.partition(" ")
    return f"「{name}」{other}（第 {number} 处：{by}）"


def _row(row: RowRead, veil: Veil) -> Group:
    table = Table.grid(padding=(0, 1), pad_edge=True)
    for one in row.fields:
        sign, style = _SIGNS[True if not one.missing else False if one.needed else None]
        table.add_row(
            Text(f"   {sign}", style),
            one.field,
            whole(_value(one, veil), "" if one.missing else "bold"),
            whole(_whence(one, veil), "dim"),
        )
    return Group(Text(f"  第 {row.number} 行，{_SOURCES[row.source]}"), table)


def _value(one: FieldRead, veil: Veil) -> str:
    if one.missing:
        return "读不懂" if one.raw else "没有"
    return _short(_words(one), veil) + ("（没见过的词）" if one.unknown else "")


def _words(one: FieldRead) -> str:
    """Return the value as people read it."""
    if one.field == "amount" and isinstance(one.value, int):
        return f"¥{one.value / 100:,.2f}"
    if isinstance(one.value, Kind):
        return f"{one.value}（{say(f'kind.{one.value}')}）"
    return _text(one.value)


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _whence(one: FieldRead, veil: Veil) -> str:
    if not one.place:
        return "规则里写定"
    by = f"（{harmless(one.by)}）" if one.by else ""
    raw = f" = {_short(one.raw, veil)}" if one.raw else ""
    return f"第 {one.place} 处 {harmless(one.path)}{by}{raw}"


def _short(text: str, veil: Veil) -> str:
    """Return *text* veiled, then cut: half a number would not be known as one."""
    line = veil.over(harmless(text))
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def answer(checked: QueueChecked, advice: str) -> dict[str, object]:
    """Return one queue as `geshao pack check --json` prints it; veiled as on the screen."""
    veil, reading = _veil(checked), checked.reading
    return {
        "queue": checked.name,
        "title": checked.title,
        "outcome": reading.outcome.value,
        "gate": reading.gate,
        "detail": veil.over(reading.detail),
        "advice": advice,
        "source": reading.source.value,
        "rows": len(reading.sightings),
        "expected": reading.expected,
        "strange": [veil.over(word) for word in checked.strange],
        "points": [_point_answer(point, veil) for point in checked.points],
        "read": [
            {
                "source": row.source.value,
                "number": row.number,
                "fields": [_field_answer(one, veil) for one in row.fields],
            }
            for row in checked.rows
        ],
    }


def _point_answer(point: Point, veil: Veil) -> dict[str, object]:
    return {
        "part": point.part.value,
        "what": point.what,
        "found": veil.over(point.found),
        "wanted": point.wanted,
        "well": point.well,
    }


def _field_answer(one: FieldRead, veil: Veil) -> dict[str, object]:
    value = moment(one.value) if isinstance(one.value, datetime) else _text(one.value)
    return {
        "field": one.field,
        "value": None if one.missing else veil.over(value),
        "raw": _short(one.raw, veil),
        "place": one.place,
        "path": one.path,
        "by": one.by,
        "needed": one.needed,
        "unknown": one.unknown,
    }


def _veil(checked: QueueChecked) -> Veil:
    """Cover the buyers and numbers of this queue wherever they stand, in longer texts too."""
    sightings = checked.reading.sightings
    return Veil.of(
        {s.buyer for s in sightings} | set(_values(checked, "buyer")),
        {n for s in sightings for n in (s.key.case_id, s.order_id)}
        | set(_values(checked, "case_id", "order_id")),
    )


def _values(checked: QueueChecked, *names: str) -> Iterator[str]:
    for row in checked.rows:
        for one in row.fields:
            if one.field in names:
                yield from (one.raw, str(one.value or ""))
