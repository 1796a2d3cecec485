"""What to do next about a queue that was gone through: one sentence, in Chinese."""

from collections.abc import Mapping

from agent.cases import Outcome
from agent.platforms.checkup import QueueChecked
from agent.platforms.points import Part, Point

_BY_OUTCOME: Mapping[Outcome, str] = {
    Outcome.SIGNED_OUT: "先登录这家店（geshao login {shop}），再检查一次。",
    Outcome.CHALLENGED: "平台要求验证：运行 geshao login {shop}，在窗口里完成验证后再检查。",
    Outcome.NO_PERMISSION: "请店铺的主账号给这个账号开通这一页的权限。",
    Outcome.WRONG_SHOP: "页面是另一家店：核对配置里的店铺名，或用这家店的账号重新登录。",
    Outcome.SETUP_REQUIRED: "请先在后台完成店铺的开通步骤。",
    Outcome.MAINTENANCE: "平台在维护，稍后再检查。",
    Outcome.UNREACHABLE: "检查网络和规则里 sites、url 的地址，再检查一次。",
}

_IN_THE_CLIENT: Mapping[Outcome, str] = {
    Outcome.SIGNED_OUT: "在客户端里登录，再检查一次。",
    Outcome.CHALLENGED: "在客户端里完成验证，再检查一次。",
    Outcome.UNREACHABLE: "用调试端口打开客户端，核对 sites 里的端口，再检查一次。",
}

_BY_PART: Mapping[Part, str] = {
    Part.SHOP: "先改 identity：页面上找不到店铺名。",
    Part.ANSWER: "改 response，这一处与页面不符：{what}。",
    Part.TABLE: "页面显示着 dom.{what}：等它过去，或改这一处。",
}

_TRUNCATED = "没有读完整：检查 more（翻页）、total 和 counters。"
_NOT_LIKE_THE_PAGE = "没有认出列表：检查 dom 的 rows 和 empty，或 response 的地址。"
_NOTHING_TO_DO = "读到底了。核对上面的值和网页一致，就把 verified_on 写成今天。"
_STRANGE_WORDS = "读到底了，但有没见过的词：请补进规则的 map。"
_KNOWN_WELL = "读到底了，不用做什么。"


def advise(checked: QueueChecked, shop: str, *, verified: bool, attached: bool = False) -> str:
    """Return what to do next about *checked*, a queue of *shop*.

    *verified* tells that somebody has compared the pack with the real pages before, *attached*
    that the pages are a desktop client's own.
    """
    outcome = checked.reading.outcome
    if outcome.complete:
        if checked.strange:
            return _STRANGE_WORDS
        return _KNOWN_WELL if verified else _NOTHING_TO_DO
    if attached and outcome in _IN_THE_CLIENT:
        return _IN_THE_CLIENT[outcome]
    if outcome in _BY_OUTCOME:
        return _BY_OUTCOME[outcome].format(shop=shop)
    return _about_the_page(checked)


def _about_the_page(checked: QueueChecked) -> str:
    """Return what to mend in the pack: the first thing on the way that was not as it says."""
    for row in checked.rows:
        if row.source == checked.reading.source and row.lacks:
            return _of_fields(row.source, row.lacks)
    for part, advice in _BY_PART.items():
        wrong = checked.first_wrong(part)
        if wrong is not None:
            return advice.format(what=_named(wrong))
    lacking = next((row for row in checked.rows if row.lacks), None)
    if lacking is not None:
        return _of_fields(lacking.source, lacking.lacks)
    return _TRUNCATED if checked.reading.outcome is Outcome.TRUNCATED else _NOT_LIKE_THE_PAGE


def _of_fields(source: str, names: tuple[str, ...]) -> str:
    return f"改 {source} 的 fields：读不出 {'、'.join(names)}。"


def _named(point: Point) -> str:
    return point.what if point.wanted == "" else f"{point.what}（应为 {point.wanted}）"
