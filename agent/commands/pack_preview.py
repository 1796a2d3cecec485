"""What `geshao pack capture` and `pack test` show: a fixture before it is saved, and results."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from agent.cases import Outcome
from agent.commands.speak import whole
from agent.fixtures.fixture import Expected, Fixture
from agent.fixtures.residue import Finding, Trace
from agent.platforms.agreement import Difference
from agent.platforms.disguise import Disguised
from agent.platforms.hours import CHINA
from agent.platforms.replay import Trial
from agent.words import say
from ui.plaintext import harmless

_ROWS_SHOWN = 3
_MOST_TOLD = 8
_LONGEST = 40
_SORTS = {
    "phone": "手机号",
    "mail": "邮箱",
    "digits": "数字（订单号、编号等）",
    "letters": "中文（姓名、地址、聊天等）",
    "latin": "字母（昵称、令牌等）",
}
_TRACES = {
    Trace.NAMED: "店名或买家名",
    Trace.PHONE: "手机号",
    Trace.MAIL: "邮箱",
    Trace.TOKEN: "令牌",
    Trace.NUMBER: "长数字",
}
_FIELDS = {
    "outcome": "结果",
    "gate": "拦路的页面",
    "source": "来源",
    "total": "总数",
    "rows": "行数",
}


def preview(title: str, made: Disguised, unread_styles: int, folder: Path) -> Group:
    """Return what a person should see before a fixture is saved in *folder*."""
    fixture = made.fixture
    lines: list[RenderableType] = [Text(f"{title}（{fixture.queue}）", "bold")]
    lines.append(Text(f"  读到：{_summary(fixture.expected)}"))
    if fixture.shown is not None:
        lines.append(Text(f"  只看页面表格：{_summary(fixture.shown)}"))
    lines.append(Text(f"  店铺名换成：{fixture.shop}"))
    lines.append(_rows(fixture))
    replaced = "，".join(f"{_SORTS[sort]} {n} 个" for sort, n in sorted(made.replaced.items()))
    lines.append(Text(f"  已替换：{replaced or '没有'}"))
    lines.append(Text("  不保存：请求头、Cookie、脚本、图片、注释"))
    if unread_styles:
        lines.append(Text(f"  ⚠ 有 {unread_styles} 份样式表读不到，页面可能与原样不同。", "yellow"))
    if fixture.expected.outcome is Outcome.TRUNCATED:
        lines.append(Text("  列表不止这一页，样本只含第一页。"))
    elif not fixture.expected.outcome.complete:
        lines.append(Text("  ⚠ 这一次没有读到列表：样本记下的是当时的页面。", "yellow"))
    lines.append(Text(f"  大小：{_size(fixture)}，{len(fixture.answers)} 个接口回答"))
    lines.append(Text(f"  存到：{folder}"))
    return Group(*lines)


def _summary(expected: Expected) -> str:
    total = "?" if expected.total is None else expected.total
    gate = f"，{expected.gate}" if expected.gate else ""
    outcome = say(f"outcome.{expected.outcome}") + gate
    return f"{outcome}，{len(expected.rows)} 行，页面说共 {total} 行"


def _rows(fixture: Fixture) -> Table:
    table = Table.grid(padding=(0, 2), pad_edge=True)
    table.add_column(no_wrap=True)
    for row in fixture.expected.rows[:_ROWS_SHOWN]:
        until = f"{row.respond_by.astimezone(CHINA):%m-%d %H:%M}" if row.respond_by else ""
        kind = say(f"kind.{row.kind}")
        cells = (row.case_id, kind, row.status, until, row.buyer, row.product, row.reason)
        table.add_row(*(whole(harmless(cell)[:_LONGEST]) for cell in cells))
    if (rest := len(fixture.expected.rows) - _ROWS_SHOWN) > 0:
        table.add_row(f"… 还有 {rest} 行")
    return table


def _size(fixture: Fixture) -> str:
    pages = (fixture.html, *(frame.html for frame in fixture.frames))
    answers = (answer.model_dump_json() for answer in fixture.answers)
    kilobytes = sum(len(text.encode()) for text in (*pages, *answers)) / 1000
    return f"{kilobytes:.0f} kB"


def refusal(made: Disguised) -> tuple[str, str] | None:
    """Return why *made* must not be saved and what to do then; None if nothing speaks against."""
    if made.findings:
        return (
            f"样本里还有 {len(made.findings)} 处像真实资料，没有保存：\n"
            + "\n".join(map(_found, made.findings[:_MOST_TOLD])),
            "请把这段话告诉开发者（上面已经遮住了内容）。",
        )
    if made.unlike:
        told = "\n".join(f"  {told_difference(one)}" for one in made.unlike[:_MOST_TOLD])
        return (
            f"样本读出来和真实页面不一样，没有保存：\n{told}",
            "页面可能正在变化，请再试一次；还是不行，请用 geshao pack check 检查规则。",
        )
    return None


def _found(finding: Finding) -> str:
    outline = finding.text[:1] + "*" * min(len(finding.text) - 1, 12)
    return f"  {finding.where}：{_TRACES[finding.trace]} {harmless(outline)}"


def told_difference(difference: Difference) -> str:
    """Return *difference* as a sentence that names the field."""
    by = "（只看页面表格）" if difference.by_table else ""
    row = f"第 {difference.row} 行 " if difference.row else ""
    field = difference.field
    name = f"{_FIELDS[field]} {field}" if field in _FIELDS else field
    wanted, found = (harmless(text) or "（没有）" for text in (difference.wanted, difference.found))
    return f"{by}{row}{name}：应为 {wanted}，读到 {found}"


def results(trials: Sequence[Trial], root: Path | None) -> Table:
    """Return a table of *trials*; folders are shown as seen from *root*."""
    table = Table("平台", "列表", "样本", "行", "结果")
    for trial in trials:
        sign = whole("✓", "green") if trial.passed else whole("✗ ", "bold red")
        if not trial.passed:
            sign.append("\n".join(_why(trial)), "default")
        rows = str(trial.rows) if trial.queue else ""
        table.add_row(
            whole(trial.platform),
            whole(trial.queue),
            whole(_short(trial.folder, root)),
            rows,
            sign,
        )
    return table


def _why(trial: Trial) -> Iterator[str]:
    if trial.trouble:
        yield harmless(trial.trouble)
    yield from _first(map(told_difference, trial.differences), len(trial.differences))


def _first(lines: Iterable[str], count: int) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number == _MOST_TOLD:
            yield f"… 还有 {count - _MOST_TOLD} 处"
            return
        yield line


def _short(folder: Path, root: Path | None) -> str:
    is_below = root is not None and folder.is_relative_to(root) and folder != root
    return str(folder.relative_to(root)) if is_below and root else folder.name
