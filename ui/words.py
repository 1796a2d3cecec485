"""What only the faces say, in Chinese and in English; terms of the trade are in `agent.words`.

Terms under `page.` travel to the overlay's page with the data. A place such as `{age}`, `{left}` or
`{clock}` is filled by the face itself, each second.
"""

from functools import cache

from agent.words import Language, filled
from ui.case_words import CASE_TERMS
from ui.inbox_words import INBOX_TERMS
from ui.key_words import KEY_TERMS
from ui.record_words import RECORD_TERMS
from ui.settings_words import SETTINGS_TERMS
from ui.switch_words import SWITCH_TERMS
from ui.window_words import WINDOW_TERMS

_PAGE = "page."

_TERMS: dict[str, tuple[str, str]] = {
    # The one thing to read in two seconds.
    "state.empty": ("还没有店铺", "No shops yet"),
    "state.empty.next": (
        "点右上角的齿轮（或按逗号）添加一家店铺，不用两分钟。",
        "Press the gear (or the comma key) to add one, within two minutes.",
    ),
    "state.starting": ("正在第一次读取…", "Reading for the first time…"),
    "state.starting.next": (
        "{shops} 家店还没读完，读完才知道有没有待办。",
        "{shops} shop(s) not read yet; nothing is known until then.",
    ),
    "state.calm": ("没有待办", "Nothing waits"),
    "state.calm.next": (
        "{shops} 家店都看着 · 最久的 {{age}}前确认",
        "{shops} shop(s) watched · all confirmed within {{age}}",
    ),
    "state.handled": ("{cases} 件都有人处理", "{cases} case(s), all in hand"),
    "state.waiting": ("{cases} 件待办", "{cases} case(s) waiting"),
    "state.urgent": ("{cases} 件紧急待办", "{cases} urgent case(s)"),
    "state.more": ("待办一共 {cases} 件", "{cases} case(s) waiting in all"),
    "state.blind": ("{shops} 家店看不到", "{shops} shop(s) out of sight"),
    "state.blind.next": (
        "看不到不等于没有待办。",
        "Out of sight does not mean that nothing waits.",
    ),
    "warning.blind": ("另有 {shops} 家店看不到", "{shops} shop(s) out of sight"),
    "state.paused": ("{paused} 家店暂停监看", "{paused} shop(s) paused"),
    "state.paused.all": ("已暂停监看", "Watching is paused"),
    "state.paused.next": (
        "新来的看不到；已经列出的待办照样按时限提醒。",
        "What is new is not seen; what is listed rings as before.",
    ),
    "warning.paused": ("另有 {shops} 家店暂停监看", "{shops} shop(s) paused"),
    "warning.all": ("全部店铺", "all shops"),
    "warning.muted": (
        "{shop}静音到 {until}，平台时限的最后一步仍会响",
        "{shop}: silenced until {until}, but for the platform's last step",
    ),
    "warning.hushed": (
        "{shop}静音到 {until}，快到时限的也不响",
        "{shop}: silenced until {until}, even what is about to run out",
    ),
    "warning.left": (
        "{people}不在排班表里了，{count} 件改按排班表",
        "{people}: no longer on the roster; {count} case(s) of theirs go by the roster",
    ),
    "warning.channel": ("{channel}送不到", "{channel} does not get through"),
    # Counters.
    "total.outage": ("看不到", "unseen"),
    "total.known": ("{text} {count} 件", "{count} {text}"),
    "total.shops": ("{count} 家店看不到", "{count} shop(s) out of sight"),
    "total.unknown": (
        "{text}：有店铺没看到，至少 {count} 件",
        "{text}: some shop is out of sight, at least {count}",
    ),
    # One row.
    "row.at_zero": ("到时{consequence}", "then: {consequence}"),
    "row.past_zero": ("时限已过：{consequence}", "time is up: {consequence}"),
    "row.own_target": ("自定目标", "own target"),
    "row.acknowledged": ("处理中 · {age}", "in hand · {age}"),
    "row.snoozed": ("{clock} 再提醒", "again at {clock}"),
    "row.theirs": ("等对方处理", "their move"),
    "row.again": ("升级了，请再看", "louder now, look again"),
    "row.left": ("{person}不在排班表里了", "{person} left the roster"),
    "row.away": ("{person}休假", "{person} is on holiday"),
    "row.unread": ("{unread} 条未读", "{unread} unread"),
    # Proof of quiet.
    "rules.unproven": ("规则未核对", "rules unchecked"),
    "rules.gaps": ("{count} 类不看", "{count} not read"),
    "rules.unseen": (
        "不看：{lists}。请自己到后台看。",
        "Not read: {lists}. Look there yourself.",
    ),
    "rules.and": ("、", ", "),
    "rules.unproven_title": (
        "这个平台的页面规则还没有人在真实后台核对过，请自己也看看后台。",
        "Nobody has checked this platform's rules against the live site; look there yourself too.",
    ),
    "strip.seen": ("近 24 小时看到 {share}", "watched {share} of the last 24 h"),
    "strip.missed": ("；没看到：{missed}", "; missed: {missed}"),
    "strip.nothing": ("近 24 小时还没有记录", "no record of the last 24 h yet"),
    "proof.calm": ("0 · {{age}}前确认", "0 · confirmed {{age}} ago"),
    "proof.waiting": ("{pending} 件待办 · {{age}}前确认", "{pending} wait · confirmed {{age}} ago"),
    "proof.starting": ("正在第一次读取…", "reading for the first time…"),
    "proof.unconfirmed": ("还没有确认", "not confirmed yet"),
    "proof.blind": ("{{age}}没看到：{why}", "not seen for {{age}}: {why}"),
    "proof.never": ("还没看到过：{why}", "never seen: {why}"),
    "proof.again": ("正在重新读取…", "reading again…"),
    "proof.paused": (
        "{{clock}} 起暂停，{until} 自动继续",
        "paused since {{clock}}, goes on at {until}",
    ),
    "proof.paused.open": (
        "{clock} 起暂停，等您点「继续」",
        "paused since {clock}, until you go on",
    ),
    "shop.resume": ("继续", "Go on"),
    "shop.rests": (
        "平台要求验证，这家店先停手，{until} 再看",
        "Verification asked: this shop is left alone until {until}",
    ),
    "pace.night": ("夜间：每 {span}看一次", "night: every {span}"),
    "pace.travel": ("省电：每 {span}看一次", "saving power: every {span}"),
    "pause.open": ("直到我点继续", "until I go on"),
    "proof.seen": ("{age}前看过", "seen {age} ago"),
    "blind.stale": ("太久没有读到", "not read for too long"),
    "blind.help": ("马上重读", "read again now"),
    # Roads to the person.
    "channel.delivered": ("{{clock}} {channel}", "{channel} {{clock}}"),
    "channel.silent": ("{channel}还没用过", "{channel}: not used yet"),
    "channel.failed": ("{channel}：{error}", "{channel}: {error}"),
    "drill": ("演习", "drill"),
    "drill.passed": ("{clock} 演习全部送到", "drill {clock}: all got through"),
    "drill.failed": ("{clock} 演习没有全部送到", "drill {clock}: not all got through"),
    "drill.skipped": (
        "每周演习错过了：电脑睡着、鸽哨没有运行，或那天一直静音",
        "the weekly drill was missed: asleep, not running, or silenced all day",
    ),
    "drill.broken": ("{clock} 演习没有做完", "drill {clock}: broken off"),
    "channel.sound": ("声音", "sound"),
    "channel.desktop": ("桌面通知", "desktop"),
    # What the bridge answers when something fails.
    "error.invalid": ("窗口发来的请求不对。", "The window asked for something impossible."),
    "error.invalid.next": ("关掉窗口重新打开再试。", "Close the window, open it and try again."),
    "error.timeout": (
        "3 秒没有应答，这次没有完成。",
        "No answer within 3 seconds; it was not done.",
    ),
    "error.timeout.next": (
        "稍等再试；一直这样就重新启动鸽哨。",
        "Try again in a moment; restart Geshao if it goes on.",
    ),
    "error.unexpected": ("出了意外，这次没有完成。", "Something unexpected; it was not done."),
    "error.unexpected.next": (
        "再试一次；还不行就重新启动鸽哨，日志里有细节。",
        "Try again; if it fails again restart Geshao. The log has the details.",
    ),
    # How long is said.
    "page.seconds": ("{n} 秒", "{n} s"),
    "page.minutes": ("{n} 分钟", "{n} min"),
    "page.hours": ("{n} 小时", "{n} h"),
    "page.days": ("{n} 天", "{n} d"),
    "page.hours_minutes": ("{h} 小时 {m} 分", "{h} h {m} min"),
    "page.days_hours": ("{d} 天 {h} 小时", "{d} d {h} h"),
    "page.left": ("剩 {left}", "{left} left"),
    "page.overdue": ("已超时 {age}", "{age} overdue"),
    # The overlay's own.
    "page.title": ("鸽哨", "Geshao"),
    "page.connecting": ("正在连接…", "Connecting…"),
    "page.connecting.next": ("等监看程序应答。", "Waiting for the agent."),
    "page.stopped": ("已停止监看", "Watching has stopped"),
    "page.stopped.next": (
        "监看程序没有应答，下面的内容已经旧了。请先自己打开各店后台看一眼，再退出并重新启动鸽哨。",
        "The agent does not answer; what is below is old. Look at each back office, then restart.",
    ),
    "page.stopped.since": ("最后一次应答在 {age}前", "last answer {age} ago"),
    "page.totals": ("各级待办", "open cases by tier"),
    "page.rows": ("待办，最急的在最前", "open cases, most urgent first"),
    "page.shops": ("各店看到的情况", "what is seen of each shop"),
    "page.channels": ("提醒送到", "alerts delivered"),
    "page.acknowledge": ("我来处理", "I take it"),
    "page.snooze": ("稍后", "Later"),
    "page.snooze_title": ("多久以后再提醒", "remind again in"),
    "page.open": ("打开后台", "Open"),
    "page.open_title": (
        "在浏览器里打开这一件的后台页面（按 O）",
        "open this case in the back office (O)",
    ),
    "page.later_title": ("过一会儿再提醒（按 L）", "remind again later (L)"),
    "page.star": ("加星标", "Star"),
    "page.unstar": ("去星标", "Unstar"),
    "page.starred": ("有星标", "starred"),
    "page.about": ("{action} #{number} {kind}", "{action} #{number} {kind}"),
    "page.help_about": ("{action}：{shop}", "{action}: {shop}"),
    "page.saving": ("保存中…", "saving…"),
    "page.snoozed": ("#{number} {clock} 再提醒", "#{number}: again at {clock}"),
    "page.opening": ("正在打开后台…", "Opening the back office…"),
    "page.helping": ("正在处理…", "On it…"),
    "page.helping_window": (
        "正在打开浏览器窗口，请在那里操作。",
        "Opening a browser window; go on there.",
    ),
    "page.helping_code": ("请用手机扫码。", "Scan the code with your phone."),
    "page.pause": ("暂停监看", "Pause watching"),
    "page.pause_one": ("暂停这家店", "Pause this shop"),
    "page.resume_all": ("全部继续", "Go on with all"),
    "page.pause_question": ("暂停监看全部店铺多久？", "Pause all shops for how long?"),
    "page.pause_question_one": ("暂停监看{shop}多久？", "Pause {shop} for how long?"),
    "page.pause_meaning": (
        "暂停期间看不到新来的售后和会话，错过了平台会自己处理。已经列出的待办照样提醒。",
        "While paused nothing new is seen, whatever it costs. What is listed rings as before.",
    ),
    "page.pause_no": ("不暂停", "Keep watching"),
    "page.code_title": ("用手机扫码登录", "Scan to sign in"),
    "page.code_picture": ("登录二维码", "sign-in code"),
    "page.code_first": ("正在取二维码…", "Fetching the code…"),
    "page.code_spent": ("二维码过期了，正在换新的…", "The code is spent; fetching a new one…"),
    "page.code_fresh": ("{left} 后自动换新", "renewed in {left}"),
    "page.code_renewed": ("已刷新 · {left} 后再换", "renewed · again in {left}"),
    "page.code_window": ("打开窗口登录", "Sign in in a window"),
    "page.code_close": ("先不登录", "Not now"),
    "page.helping_read": ("正在重新读取。", "Reading again."),
    "page.no_answer": ("没有收到应答，这次没有完成。", "No answer came; it was not done."),
    "page.no_answer.next": (
        "再试一次；一直这样就重新启动鸽哨。",
        "Try again; restart Geshao if it goes on.",
    ),
    "page.close": ("知道了", "Close"),
    "page.quit": ("退出鸽哨", "Quit Geshao"),
    "page.quit_question": ("退出后就没有人看着店铺了。", "After this nobody watches the shops."),
    "page.quit_yes": ("退出，停止监看", "Quit and stop watching"),
    "page.quit_no": ("继续监看", "Keep watching"),
    "page.resize": ("拖动改变窗口大小", "drag to resize"),
    "page.fact_number": ("编号", "Number"),
    "page.fact_product": ("商品", "Product"),
    "page.fact_order": ("订单号", "Order"),
    "page.fact_status": ("状态", "Status"),
    "page.fact_shop": ("店铺", "Shop"),
    "page.fact_buyer": ("买家", "Buyer"),
    "page.fact_deadline": ("平台原话", "As shown"),
    # The terminal's own.
    "terminal.hidden": ("还有 {count} 件", "{count} more"),
    "terminal.hidden_shops": ("还有 {count} 家店", "{count} more shop(s)"),
    "terminal.stopped": (
        "已停止监看：监看程序没有应答。请先自己打开各店后台看一眼，再重新启动鸽哨。",
        "Watching has stopped: no answer. Look at each back office, then restart Geshao.",
    ),
    "terminal.sign_in": (
        "按 Ctrl-C 结束，运行 geshao login {shop}，再启动",
        "press Ctrl-C, run geshao login {shop}, start again",
    ),
    "terminal.opened": ("新待办", "new"),
    "terminal.changed": ("有变化", "changed"),
    "terminal.gone": ("已离开", "gone"),
    "terminal.seen": ("又看到了", "in sight again"),
    **CASE_TERMS,
    **SWITCH_TERMS,
    **RECORD_TERMS,
    **INBOX_TERMS,
    **WINDOW_TERMS,
    **KEY_TERMS,
    **SETTINGS_TERMS,
}


def say(term: str, language: Language = "zh", /, **values: object) -> str:
    """Return *term* in *language*, its `{named}` places filled from *values*.

    Raises KeyError for a term that is not in the catalogue: a bug, not an input.
    """
    return filled(_TERMS[term][0 if language == "zh" else 1], values)


def page_words(language: Language) -> dict[str, str]:
    """Return the overlay page's own words in *language*, by their name without `page.`."""
    return dict(_page_words(language))


@cache
def _page_words(language: Language) -> tuple[tuple[str, str], ...]:
    terms = (term for term in _TERMS if term.startswith(_PAGE))
    return tuple((term.removeprefix(_PAGE), say(term, language)) for term in terms)


def channel_title(channel: str, language: Language) -> str:
    """Return what *channel* is called on screen; a name of the user's own stays as it is."""
    term = f"channel.{channel}"
    return say(term, language) if term in _TERMS else channel
