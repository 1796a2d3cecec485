"""Every state that the overlay can be in, and how a person gets there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from agent.cases import EVERY_SHOP, Band, Holiday, Kind, Mute, Shop, Stage, Tier, Why
from agent.cases.handing import Lost
from agent.cases.link import Link, LinkState
from agent.drill import ANSWERED, JUDGED, WRITTEN
from agent.inbox import ShopState, Snapshot
from agent.journal import Act, ChannelHealth, Entry
from agent.journal.past import Past
from agent.machine import Machine, Memory
from agent.pace import Promise, Slow
from agent.snapshot import Duty, ShopHealth, ShownCode, ShownDrill
from agent.words import Language
from tests.days import a_book, a_line, opened, resolved
from tests.fakes import NOON
from tests.ui.samples import (
    FAWN,
    HANDLED,
    LAMP,
    TEA,
    a_blind_shop,
    a_case,
    a_dossier,
    a_paused_shop,
    a_row,
    a_shop,
    a_snapshot,
    a_starting_shop,
    ago,
    an_outage,
    within,
)
from tests.ui.settings_states import SET, settings
from tests.ui.state import Desk, State
from ui.case import case_view
from ui.day import day_view

# --- what there is to show ------------------------------------------------------------------------

NAMES = ("小鹿女装旗舰店", "山前茶叶专营店", "暖灯家居官方正品折扣直营店", "乐童玩具", "阿福五金")
KINDS = tuple(kind for kind in Kind if kind is not Kind.OUTAGE)
SPEEDS = ((Tier.URGENT, Band.FINAL), (Tier.IMPORTANT, Band.CLOSE), (Tier.NORMAL, Band.FAR))

LINE = tuple(a_line((200, Why.COVERED), (4, Why.ASLEEP), (2.5, Why.COVERED), (0.5, Why.SIGNED_OUT)))
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010100000000376ef924"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)
LONG = replace(LAMP, name="暖灯家居官方正品折扣直营照明灯具专营旗舰店")
ROADS = (ChannelHealth("sound", ago(hours=3)), ChannelHealth("手机", None, "topic not found"))
BUSY = a_snapshot(
    a_row(12, case={"starred": True, "note": "答应周五前退"}, unread=3),
    a_row(13, shop=TEA, tier=Tier.IMPORTANT, band=Band.CLOSE, kind=Kind.DISPUTE, reason="杯子碎了"),
    an_outage(9, LONG),
    shops=(
        a_blind_shop(LONG, coverage=LINE, failed="没有能打开窗口的浏览器，请安装一个。"),
        a_shop(FAWN, ShopState.WAITING, pending=2, unproven=True, unseen=("会话", "催收")),
        a_shop(TEA),
    ),
    channels=ROADS,
    machine=Machine(ago(seconds=20), Memory(180, None, 61), None),
)
QUIET = a_snapshot(
    shops=(a_shop(FAWN, coverage=tuple(a_line((200, Why.COVERED)))), a_shop(TEA)),
    machine=Machine(ago(seconds=20), Memory(180, 320, 61), None),
)
OWN = a_snapshot(
    a_row(12, own_target=True, assigned="小李"),
    a_row(13, assigned="小李", lost=Lost.LEFT, case={"person": "老张"}),
    a_row(14, assigned="小李", lost=Lost.AWAY, quiet=True, case={**HANDLED, "person": "小王"}),
)
DUTY = Duty(("小王",), within(hours=6), ("小王", "小李"), "小李", None, NOON.date())
AWAY = replace(DUTY, on_duty=("小李",), holiday=Holiday(NOON.date(), NOON.date(), "小李"))
LINKS = tuple(
    Link(name, LinkState.PASSED, 1.0, "送达") for name in (JUDGED, WRITTEN, "sound", "手机")
)
FAILED = Link("手机", LinkState.FAILED, 45.0, "topic not found", "换一个主题。")
DRILL = (JUDGED, WRITTEN, "sound", "手机", ANSWERED)


def crowd(count: int) -> Snapshot:
    """Return *count* cases of all kinds, tiers and shops, the most urgent first."""
    rows = []
    for n in range(1, count + 1):
        tier, band = SPEEDS[min(n * len(SPEEDS) // (count + 1), 2)]
        shop = Shop("doudian", f"s{n % len(NAMES)}", NAMES[n % len(NAMES)])
        taken = n % 7 == 3
        rows.append(
            a_row(
                n,
                shop=shop,
                tier=tier,
                band=band,
                kind=KINDS[n % len(KINDS)],
                respond_by=within(minutes=7 + 11 * n),
                quiet=taken,
                case=HANDLED if taken else None,
            )
        )
    shops = tuple(a_shop(Shop("doudian", f"s{n}", name)) for n, name in enumerate(NAMES))
    return a_snapshot(*rows, shops=shops)


def market() -> Snapshot:
    """Return a street of twenty shops, a few of them in trouble."""
    shops: list[ShopHealth] = []
    for n in range(20):
        shop = Shop("doudian", f"m{n}", f"{NAMES[n % len(NAMES)]}{n + 1} 号店")
        troubled = {2: a_blind_shop, 5: a_paused_shop, 9: a_starting_shop}.get(n)
        shops.append(troubled(shop) if troubled else a_shop(shop))
    return a_snapshot(a_row(12, shop=shops[0].shop), shops=tuple(shops))


def ended() -> Snapshot:
    """Return a list where most was taken, waits for the buyer, or is over."""
    over = replace(a_case(21), resolved_at=ago(minutes=5))
    return a_snapshot(
        a_row(12, quiet=True, case=HANDLED),
        a_row(
            14, quiet=True, case={"snoozed_until": within(minutes=30), "snoozed_at": ago(minutes=1)}
        ),
        a_row(15, stage=Stage.WAITING, respond_by=within(days=2)),
        resolved=(over,),
    )


def case(number: int = 12, **fields: Any) -> Desk:  # noqa: ANN401 (any field)
    """Return how the agent tells all of case *number*."""
    over = fields.pop("over", False)
    dossier = a_dossier(number, **fields)
    seen = dossier.row.case.latest
    entries = (
        Entry(ago(minutes=9), Act.OPENED, said=seen),
        Entry(ago(minutes=4), Act.UPDATED, said=replace(seen, status="平台介入", unread=2)),
        Entry(ago(minutes=3), Act.ACKNOWLEDGED),
        Entry(ago(minutes=2), Act.NOTED, note="答应周五前退"),
        *([Entry(ago(minutes=1), Act.RESOLVED, said=seen)] if over else []),
    )
    told = a_dossier(number, Past(entries, ()), **fields)
    if over:
        gone = replace(told.row, case=replace(told.row.case, resolved_at=ago(minutes=1)))
        told = replace(told, row=gone)
    return lambda language: {"case": {"ok": True, "case": case_view(told, language)}}


def days(language: Language) -> Mapping[str, Any]:
    """Return how the agent tells the days."""
    book = a_book(
        [opened(ago(hours=2)), Entry(ago(hours=1), Act.ACKNOWLEDGED), resolved(ago(minutes=30))],
        [opened(ago(hours=2), respond_by=ago(hours=1))],
        [opened(ago(hours=30), kind=Kind.DISPUTE), resolved(ago(hours=29))],
        line=LINE,
    )
    return {"day": {"ok": True, "day": day_view(book, language)}}


def refusing(*names: str) -> Desk:
    """Return an agent that can do none of *names*; what it says is in its own words."""
    answer = {"ok": False, "error": "disk full", "next_step": "make room"}
    return lambda _: dict.fromkeys(names, answer)


def asked(name: str, **more: Any) -> Desk:  # noqa: ANN401 (any field of an answer)
    """Return an agent that answers *name* with *more*."""
    return lambda _: {name: {"ok": True, **more}}


WHOLE = {EVERY_SHOP: Mute(NOON, within(minutes=10), whole=True)}
ADD_SHOP, ADD_ROAD = ".set:nth-of-type(1) > div > button", ".set:nth-of-type(2) > div > button"
PERSON = ".set:nth-of-type(5) .set-list button"
ROW = "#rows li.row .face"

STATES = (
    State("empty", "list", a_snapshot(shops=(), channels=())),
    State(
        "first-run",
        "list",
        a_snapshot(shops=(a_starting_shop(FAWN), a_starting_shop(TEA))),
        alike=True,
    ),
    State("calm", "list", a_snapshot(), alike=True),
    State("one", "list", a_snapshot(a_row(12)), alike=True),
    State("fifty", "list", crowd(50), alike=True),
    State("urgent", "list", BUSY),
    State("waiting", "list", a_snapshot(a_row(12, tier=Tier.NORMAL, band=Band.FAR)), alike=True),
    State("acknowledged", "list", ended()),
    State("own-target", "list", OWN, alike=True),
    State("blind", "list", a_snapshot(an_outage(), shops=(a_blind_shop(), a_shop(FAWN)))),
    State(
        "paused", "list", a_snapshot(shops=(a_paused_shop(FAWN), a_paused_shop(TEA))), alike=True
    ),
    State(
        "one-paused", "list", a_snapshot(a_row(12), shops=(a_shop(), a_paused_shop())), alike=True
    ),
    State("hushed", "list", replace(BUSY, mutes=WHOLE, duty=AWAY), ("#hush-span",)),
    State(
        "slow",
        "list",
        replace(QUIET, pace=Promise(timedelta(minutes=2), Slow.NIGHT), duty=DUTY),
        alike=True,
    ),
    State("market", "list", market(), alike=True),
    State("shop-unfolded", "list", BUSY, ("#shops li:nth-child(2) summary",)),
    State("filtered", "list", crowd(12), ("f", "#facet-kind .chips button")),
    State("nothing-found", "list", crowd(12), ("/", "q", "q"), alike=True),
    State("selecting", "list", crowd(12), ("j", "x", "j", "x")),
    State("row-later", "list", BUSY, ("#rows li.row [data-act=choose]",)),
    State("hero-later", "list", BUSY, ("#hero [data-act=choose]",), alike=True),
    State("taken", "list", BUSY, ("#hero .take",), asked("acknowledge")),
    State("refused", "list", BUSY, ("#hero .take",), refusing("acknowledge"), alike=True),
    State("stopped", "list", BUSY, silent=True),
    State("case", "case", BUSY, (ROW,), case(case={"starred": True, "note": "答应周五前退"})),
    State("case-later", "case", BUSY, (ROW, "#case-actions [data-act=choose]"), case()),
    State(
        "case-outage",
        "case",
        BUSY,
        ("li[data-number='9'] .face",),
        case(9, kind=Kind.OUTAGE),
        alike=True,
    ),
    State("case-over", "case", BUSY, (ROW,), case(over=True), alike=True),
    State("case-unread", "case", BUSY, (ROW,), refusing("case"), alike=True),
    State(
        "case-assign",
        "case",
        replace(OWN, duty=DUTY),
        ("li[data-number='13'] .face", "#case [data-act=hand]"),
        case(13, assigned="小李", lost=Lost.LEFT, case={"person": "老张"}),
    ),
    State("case-why", "case", BUSY, (ROW, "#case-grounds summary"), case(kind=Kind.DISPUTE)),
    State("health", "health", BUSY, ("h", ".gaps summary")),
    State("health-quiet", "health", QUIET, ("h",), alike=True),
    State("health-empty", "health", a_snapshot(shops=(), channels=()), ("h",), alike=True),
    State("day", "day", BUSY, ("d",), days),
    State("day-numbers", "day", BUSY, ("d", "#day-numbers"), days),
    State("day-week", "day", BUSY, ("d", "#day-periods button:nth-child(2)"), days, alike=True),
    State("day-wait", "day", BUSY, ("d",), asked("day", day=None), alike=True),
    State("day-refused", "day", BUSY, ("d",), refusing("day"), alike=True),
    State("settings", "settings", BUSY, (",",), settings()),
    State(
        "settings-first",
        "settings",
        a_snapshot(shops=()),
        (",",),
        settings("shops: []"),
        alike=True,
    ),
    State(
        "settings-forms", "settings", BUSY, (",", ADD_SHOP, ADD_ROAD), settings(waiting=("policy",))
    ),
    State("settings-person", "settings", BUSY, (",", PERSON), settings()),
    State("pause", "dialog", BUSY, ("#pause",)),
    State("quit", "dialog", BUSY, ("#quit",), alike=True),
    State("drill", "dialog", BUSY, ("#drill",), alike=True),
    State(
        "drill-asks",
        "dialog",
        replace(BUSY, trial=ShownDrill(DRILL, LINKS, asks=True)),
        ("#drill",),
    ),
    State(
        "drill-over",
        "dialog",
        replace(BUSY, trial=ShownDrill(DRILL, (*LINKS[:3], FAILED), over=True)),
        ("#drill",),
        alike=True,
    ),
    State("holiday", "dialog", replace(BUSY, duty=DUTY), ("#duty-set",), alike=True),
    State("holiday-away", "dialog", replace(BUSY, duty=AWAY), ("#duty-set",)),
    State(
        "code",
        "dialog",
        a_snapshot(
            an_outage(),
            shops=(a_blind_shop(LAMP, code=ShownCode(PNG, within(minutes=2), 1)), a_shop(FAWN)),
        ),
    ),
)
"""All but those in which the agent never spoke, and the one of thousands of cases."""

TOLD = (*SET, "老张", "小李", "平台介入", "小**", "答应周五前退", "山雀百货")
"""What people and platforms wrote in the answers."""


def numbered() -> list[tuple[State, int]]:
    """Return every state with its number on its page."""
    seen: dict[str, int] = {}
    found = []
    for state in STATES:
        found.append((state, seen.setdefault(state.place, 0)))
        seen[state.place] += 1
    return found
