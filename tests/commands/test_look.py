"""`geshao inbox` and `geshao shops`, beside a running Geshao or without one."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from agent.cases import CaseKey, Fen, Kind, Outcome, Source
from agent.clock import SystemClock
from agent.folder import held
from tests.commands.home import NAME, SHOP, Home
from tests.mothers import a_case, a_reading, a_sighting

FAR = datetime(2100, 1, 2, 3, 4, 5, 678_000, tzinfo=UTC)
CHAT = CaseKey(SHOP, "feige", "pigeon-1")


@pytest.fixture
def settled(home: Home) -> Iterator[Home]:
    """Give a home with one shop and an empty journal."""
    home.settles_in()
    return home


def test_inbox_lists_what_is_open(settled: Home) -> None:
    """The table has the short number, the kind, the amount, the shop and the reason."""
    settled.remembers(a_case(respond_by=FAR, reason="[red]拉链坏了\x1b[0m"))
    said = settled.types("inbox")

    assert 0 == said.code
    assert all(word in said.out for word in ("#1", "仅退款", "¥129.00", NAME, "[red]拉链坏了"))
    assert "\x1b" not in said.out


@pytest.mark.parametrize(
    "command", [["inbox"], ["shops"], ["inbox", "--json"], ["shops", "--json"]]
)
def test_who_looks_at_old_records_is_told(settled: Home, command: list[str]) -> None:
    """Beside the list it is said that nobody watches, unless somebody does; to scripts too."""
    alone = settled.types(*command)
    with held(settled.data):
        beside = settled.types(*command)

    assert "⚠ 鸽哨没有在运行，这是上次的记录。\n→ 运行 geshao run 开始监看。\n" == alone.err
    assert "" == beside.err


def test_inbox_of_many_is_not_cut_to_a_screen(settled: Home) -> None:
    """All are listed, however many."""
    settled.remembers(*(a_case(key=CaseKey(SHOP, "aftersale", str(n))) for n in range(300)))
    said = settled.types("inbox")

    assert all(f"#{number} " in said.out for number in range(1, 301))


def test_inbox_as_json(settled: Home) -> None:
    """Scripts get every field by name, moments in UTC, money in fen."""
    settled.remembers(a_case(respond_by=FAR, consequence="到时自动同意"))
    (row,) = json.loads(settled.types("inbox", "--json").out)

    assert {
        "number": 1,
        "shop": SHOP,
        "queue": "aftersale",
        "case": "7001",
        "kind": "refund_only",
        "stage": "merchant",
        "status": "待商家处理",
        "tier": "urgent",
        "band": "far",
        "respond_by": "2100-01-02T03:04:05.678Z",
        "due_at": "2100-01-02T03:04:05.678Z",
        "own_target": False,
        "consequence": "到时自动同意",
        "reason": "拍多了",
        "topics": [],
        "mood": "plain",
        "order": "6920001",
        "product": "帆布包",
        "buyer": "木**",
        "amount_fen": 12_900,
        "unread": 0,
        "quiet": False,
        "assigned": "",
        "person": "",
        "acknowledged_at": None,
        "snoozed_until": None,
        "starred": False,
        "first_seen_at": "2026-05-01T12:00:00.000Z",
        "url": "https://shop.example/aftersale/7001",
    } == row


def test_json_is_sorted_as_the_list_is(settled: Home) -> None:
    """What is due first stands first; what sets no time is last."""
    settled.remembers(
        a_case(key=CaseKey(SHOP, "aftersale", "later"), respond_by=FAR),
        a_case(key=CHAT, kind=Kind.CONVERSATION, amount=None, respond_by=FAR.replace(year=2099)),
        a_case(key=CaseKey(SHOP, "aftersale", "big"), respond_by=FAR, amount=Fen(10**9)),
    )
    rows = json.loads(settled.types("inbox", "--json").out)

    assert ["pigeon-1", "later", "big"] == [row["case"] for row in rows]


def test_empty_inbox_is_an_empty_list(settled: Home) -> None:
    """Nothing open is a result too, and no script has to read a sentence for it."""
    assert [] == json.loads(settled.types("inbox", "--json").out)


def test_shops_as_json(settled: Home) -> None:
    """Each shop tells its state, what is pending, since when and why, queue by queue."""
    now = SystemClock().now()
    settled.remembers(
        readings=[
            a_reading(a_sighting(), taken_at=now),
            a_reading(
                queue="feige",
                taken_at=now,
                outcome=Outcome.SIGNED_OUT,
                source=Source.NONE,
                gate="kicked",
                detail="账号在别处登录",
                expected=None,
            ),
        ]
    )
    (shop,) = json.loads(settled.types("shops", "--json").out)
    seen = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    queues = {queue.pop("queue"): queue for queue in shop.pop("queues")}
    assert {
        "shop": SHOP,
        "name": NAME,
        "platform": "doudian",
        "pack_verified_on": "never",
        "pack_unseen": ["服务工单"],
        "state": "blind",
        "pending": None,
        "confirmed_at": None,
        "outcome": "signed_out",
        "gate": "kicked",
        "detail": "账号在别处登录",
    } == shop
    assert {
        "title": "售后工作台",
        "pending": 1,
        "confirmed_at": seen,
        "read_at": seen,
        "outcome": "rows",
        "gate": "",
        "detail": "",
    } == queues["aftersale"]
    assert ("signed_out", "kicked") == (queues["feige"]["outcome"], queues["feige"]["gate"])


def test_shops_say_why_one_cannot_be_seen(settled: Home) -> None:
    """The table has the reason, that nobody has tried the pack, and what it does not read."""
    settled.remembers(
        readings=[a_reading(taken_at=SystemClock().now(), outcome=Outcome.NO_PERMISSION)]
    )
    said = settled.types("shops")

    assert 0 == said.code
    words = (NAME, "抖店", "账号没有权限", "未在真实后台验证", "不看：服务工单")
    assert all(word in "".join(said.out.split()) for word in words)


def test_pack_that_was_tried_says_when(settled: Home) -> None:
    """The day stands in the table and in the JSON, whatever type it has in the pack."""
    settled.adds(id="desk", platform="roundup", name="工单")
    table = settled.types("shops")
    shop = json.loads(settled.types("shops", "--json").out)[1]

    assert f"{shop['pack_verified_on']} 验证过" in table.out
    assert "never" != shop["pack_verified_on"]


@pytest.mark.parametrize("command", ["inbox", "shops"])
def test_before_the_first_run(home: Home, command: str) -> None:
    """Without a journal nothing is made up, and none is made."""
    home.types("init")
    home.adds()
    code, problem = home.types(command).problem

    assert 1 == code
    assert "→ 请先运行 geshao run。" in problem
    assert not home.data.exists()


@pytest.mark.parametrize("command", ["inbox", "shops", "run"])
def test_wrong_configuration_is_told_with_its_spot(settled: Home, command: str) -> None:
    """File, line, what was found and what is allowed; the exit code says so too."""
    settled.config.write_text("pace: {interval: often}\n", encoding="utf-8")
    code, problem = settled.types(command).problem

    assert 2 == code
    assert all(word in problem for word in (str(settled.config), "第 1 行", "often", "90s"))


def test_shop_at_a_site_that_its_pack_lacks(settled: Home) -> None:
    """A configuration edited by hand is checked against the pack too."""
    text = settled.config.read_text(encoding="utf-8")
    settled.config.write_text(
        text.replace("platform: doudian", "platform: doudian\n    sites: {nowhere: http://x/}", 1),
        encoding="utf-8",
    )
    code, problem = settled.types("inbox").problem

    assert 2 == code
    assert "可以写的站点" in problem
