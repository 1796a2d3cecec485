"""What the trade's terms are called on screen, in Chinese and in English."""

import re
from collections.abc import Iterable, Mapping
from typing import Literal

Language = Literal["zh", "en"]

_COUNTED = re.compile(r"(\{(\w+)\}[^{}]*?)\(s\)")

_TERMS: dict[str, tuple[str, str]] = {
    "tier.urgent": ("紧急", "urgent"),
    "tier.important": ("重要", "important"),
    "tier.normal": ("普通", "normal"),
    "kind.refund_only": ("仅退款", "refund only"),
    "kind.return_refund": ("退货退款", "return and refund"),
    "kind.exchange": ("换货", "exchange"),
    "kind.resend": ("补寄", "resend"),
    "kind.repair": ("维修", "repair"),
    "kind.price_protection": ("价保", "price protection"),
    "kind.dispute": ("仲裁纠纷", "dispute"),
    "kind.complaint": ("投诉", "complaint"),
    "kind.penalty": ("平台处罚", "penalty"),
    "kind.conversation": ("买家等回复", "waiting buyer"),
    "kind.outage": ("看不到店铺", "shop out of sight"),
    "kind.batch": ("批量质量问题", "many of one product"),
    "kind.same_buyer": ("同一买家多单", "several of one buyer"),
    "kind.other": ("其他", "other"),
    "topic.refund": ("退款退货", "refund"),
    "topic.quality": ("质量问题", "quality"),
    "topic.logistics": ("物流", "logistics"),
    "topic.wrong_parcel": ("错发漏发", "wrong parcel"),
    "topic.late_shipping": ("迟迟不发货", "late shipping"),
    "topic.complaint": ("投诉维权", "complaint"),
    "topic.regulator": ("12315、工商", "regulator"),
    "topic.exposure": ("要曝光", "exposure"),
    "topic.counterfeit": ("假货", "counterfeit"),
    "topic.bad_review": ("差评", "bad review"),
    "topic.invoice": ("发票", "invoice"),
    "topic.harassment": ("骚扰辱骂", "harassment"),
    "topic.price": ("价保差价", "price"),
    "topic.urging": ("催促", "urging"),
    "mood.plain": ("平静", "plain"),
    "mood.anxious": ("焦虑", "anxious"),
    "mood.angry": ("愤怒", "angry"),
    "mood.confused": ("困惑", "confused"),
    "effect.keep": ("不变", "no change"),
    "effect.normal": ("至少普通", "normal at least"),
    "effect.important": ("至少重要", "important at least"),
    "effect.urgent": ("至少紧急", "urgent at least"),
    "effect.rise": ("升一级", "one tier more"),
    "reason.new": ("新", "new"),
    "reason.new_round": ("又轮到您", "your move again"),
    "reason.tier_raised": ("升级", "raised"),
    "reason.band_reached": ("时限临近", "time is running out"),
    "reason.snooze_ended": ("推迟的时间到了", "put off until now"),
    "reason.assigned": ("指定了负责人", "assigned"),
    "reason.repeat": ("仍未处理", "still open"),
    "reason.escalated": ("一直没有人处理", "nobody answered"),
    "outcome.rows": ("已读到", "read"),
    "outcome.verified_empty": ("确认没有待办", "confirmed empty"),
    "outcome.truncated": ("没读完整", "read in part"),
    "outcome.signed_out": ("登录已失效", "signed out"),
    "outcome.challenged": ("平台要求验证", "verification asked"),
    "outcome.no_permission": ("账号没有权限", "no permission"),
    "outcome.wrong_shop": ("页面是另一家店", "another shop is shown"),
    "outcome.page_changed": ("页面改版，读不懂", "page changed"),
    "outcome.setup_required": ("店铺还没开通完", "the shop is not set up yet"),
    "outcome.maintenance": ("平台在维护", "the platform is under maintenance"),
    "outcome.unreachable": ("打不开后台", "unreachable"),
    "gap.covered": ("看到", "watched"),
    "gap.no_network": ("没有网络", "no network"),
    "gap.asleep": ("电脑休眠", "the computer slept"),
    "gap.not_running": ("鸽哨没有运行", "Geshao was not running"),
    "gap.paused": ("暂停", "paused"),
    "gap.unread": ("太久没有读到", "not read for too long"),
    "gap.unknown": ("还没有记录", "no record yet"),
    "gate.line:offline": ("没有网络", "no network"),
    "gate.line:unresolved": ("没有网络，或没有这个网址", "no network, or no such address"),
    "gate.line:barred": (
        "代理或网络要求验证，连不上",
        "a proxy or a network's sign-in bars the way",
    ),
    "gate.line:platform": ("平台没有响应", "the platform does not answer"),
    "gate.line:browser": ("浏览器启动不了", "the browser does not start"),
    "gate.line:remote": ("远程浏览器都连不上", "no remote browser answers"),
    "gate.line:remote_own": (
        "这家店的远程浏览器连不上",
        "this shop's remote browser does not answer",
    ),
    "gate.kicked": ("账号在别处登录", "signed in elsewhere"),
    "away.some": ("离开 {lasted}，期间 {said}", "away for {lasted}: {said}"),
    "away.none": ("离开 {lasted}，期间没有变化", "away for {lasted}: nothing changed"),
    "away.expired": ("{count} 单过了时限", "{count} ran out of time"),
    "away.entered": ("{count} 单进入 {step}", "{count} came within {step}"),
    "away.opened": ("{count} 单新来", "{count} new"),
    "away.ended": ("{count} 单结束", "{count} ended"),
    "away.and": ("、", ", "),
    "away.unread": ("；还有 {count} 家店没读到", "; {count} shop(s) not read yet"),
    "notice.many": ("{tier} · {count} 件要处理", "{tier} · {count} need you"),
    "notice.first": (
        "{tier} · 第一次读取：{count} 件在等",
        "{tier} · first look: {count} waiting",
    ),
    "notice.first_some": (
        "其中 {count} 件是第一次读取时就在的",
        "{count} of these stood there before the first look",
    ),
    "notice.take_all": (
        "一次全部接手：geshao ack --shop {shop}",
        "take all: geshao ack --shop {shop}",
    ),
    "notice.soonest": ("{title}，最急 {left}", "{title}, the first within {left}"),
    "notice.overdue": ("{title}，最急的已超时", "{title}, the first is overdue"),
    "notice.digest": ("一分钟里提醒太多，合成了这一条", "too many in a minute, told in one"),
    "notice.people": ("请 {people} 处理", "for {people}"),
    "notice.rest": ("还有 {count} 件", "and {count} more"),
    "answer.acknowledge": ("知道了", "Got it"),
    "answer.acknowledge.many": ("知道了（{count} 件）", "Got it ({count})"),
    "answer.snooze": ("30 分钟后再说", "In 30 minutes"),
    "answer.snooze.many": ("30 分钟后再说（{count} 件）", "In 30 minutes ({count})"),
    "answer.test": ("收到", "Received"),
    "answer.taken": ("已知道：{numbers}", "taken in hand: {numbers}"),
    "answer.put_off": ("推迟到 {until}：{numbers}", "put off until {until}: {numbers}"),
    "answer.over": ("已经结束：{numbers}", "over: {numbers}"),
    "answer.anew": (
        "又轮到您处理，没有记下：{numbers}，请看新的提醒",
        "asked anew, not noted: {numbers}; look at the new notice",
    ),
    "answer.nearer": (
        "升级或更近时限了，没有记下：{numbers}，请看新的提醒",
        "louder or later by now, not noted: {numbers}; look at the new notice",
    ),
    "answer.decided": ("之前已经处理或推迟：{numbers}", "decided before: {numbers}"),
    "answer.too_late": (
        "30 分钟已经过了，没有推迟：{numbers}",
        "the 30 minutes are over, not put off: {numbers}",
    ),
    "answer.failed": ("没有记下，请在电脑上处理：{numbers}", "not noted: {numbers}"),
    "drill.title": ("【演习】{title}", "[DRILL] {title}"),
    "drill.nothing_to_do": ("这是演习，不用处理", "this is a drill, nothing to do"),
    "drill.unreached": ("每周演习没有全部送到", "the weekly drill did not get through"),
    "time.left": ("剩 {left}", "{left} left"),
    "time.then": ("{left}，{then}", "{left}, then: {then}"),
    "time.expired": ("已超时", "time is up"),
    "time.day": ("天", "d"),
    "time.hour": ("小时", "h"),
    "time.minute": ("分", "min"),
    "time.second": ("秒", "s"),
    "help.truncated": ("打开后台看看全部", "open the back office"),
    "help.signed_out": ("重新登录", "sign in again"),
    "help.challenged": ("去完成验证", "complete the verification"),
    "help.no_permission": ("请主账号开通权限", "ask the main account for the right"),
    "help.wrong_shop": ("切换到正确的店铺", "switch to the right shop"),
    "help.page_changed": ("打开后台人工查看", "look in the back office yourself"),
    "help.setup_required": ("去后台完成开通", "finish the set-up in the back office"),
    "help.maintenance": ("等平台恢复，会继续再试", "wait for the platform; it is tried again"),
    "help.unreachable": ("检查网络后重试", "check the network, try again"),
    "next.line:offline": (
        "检查网线、Wi-Fi 或路由器；网络一通，马上自动重读",
        "check the cable, Wi-Fi or router; once it is back, all is read at once",
    ),
    "next.line:unresolved": (
        "打开别的网页试试：打不开就检查网络，打得开就核对网址；会自动再试",
        "try another web page: if it fails, check the network, else the address; it is tried again",
    ),
    "next.line:barred": (
        "打开网页，完成网络的登录，或检查代理设置；通了会自动重读",
        "sign in to the network in a web page, or check the proxy; then it is read again",
    ),
    "next.line:platform": (
        "网络是好的，等平台恢复，会自动再试；急的先用手机看后台",
        "your network is well: wait, it is tried again; look by phone at what cannot wait",
    ),
    "next.line:browser": (
        "会自动再试；几分钟还不好，就重启电脑，再运行 geshao doctor；急的先用手机看后台",
        "it is tried again; if that lasts, restart the computer and run geshao doctor",
    ),
    "next.line:remote": (
        "看网络，再到那些电脑上看浏览器服务开着没有；通了自动重读。哪台有什么毛病：geshao doctor",
        "check the network and the browser services there; it is tried again; run geshao doctor",
    ),
    "next.line:remote_own": (
        "到那台电脑上看浏览器服务开着没有，通了自动重读；或在配置里给这家店换一个，重新启动鸽哨",
        "look at the browser service there, it is tried again; or give the shop another browser",
    ),
}


def say(term: str, language: Language = "zh", /, **values: object) -> str:
    """Return *term* in *language*, its `{named}` places filled from *values*.

    Raises KeyError for a term that is not in the catalogue: a bug, not an input.
    """
    return filled(_TERMS[term][0 if language == "zh" else 1], values)


def filled(text: str, values: Mapping[str, object]) -> str:
    """Return *text* with its `{named}` places filled; "(s)" after a number is "s", and none at 1.

    Without *values* it stays as it is: somebody else fills it.
    """

    def ending(found: re.Match[str]) -> str:
        return found[1] + ("" if str(values[found[2]]) == "1" else "s")

    return _COUNTED.sub(ending, text).format(**values) if values else text


def gate_words(gate: str, language: Language = "zh") -> str:
    """Return what the sign called *gate* means, empty if it is one of a pack's own."""
    term = f"gate.{gate}"
    return say(term, language) if term in _TERMS else ""


def next_step(status: str, gates: Iterable[str], language: Language = "zh") -> str:
    """Return what a person can do about an outage: by the signs called *gates*, or its *status*."""
    terms = (f"next.{gate}" for gate in gates if f"next.{gate}" in _TERMS)
    return say(next(terms, f"help.{status}"), language)


def gap_words(why: str, language: Language = "zh") -> str:
    """Return what a span of the coverage record was: what an outcome says, or its own words."""
    return say(f"gap.{why}" if f"gap.{why}" in _TERMS else f"outcome.{why}", language)
