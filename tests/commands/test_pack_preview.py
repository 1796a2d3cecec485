"""What a person sees before a fixture is saved, and what comes of their answer."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from agent.cases import Kind, Outcome, Source
from agent.commands.pack_capture import Taken
from agent.commands.pack_preview import refusal, told_difference
from agent.fixtures.fixture import FIXTURE_FILE, Expected, ExpectedRow, Fixture
from agent.fixtures.residue import Finding, Trace
from agent.platforms.agreement import Difference
from agent.platforms.disguise import Disguised
from tests.commands.home import Asked, Home, Said
from tests.shipped import PACKS

NOON = datetime(2026, 5, 1, 4, tzinfo=UTC)
ROW = ExpectedRow(case_id="10001", kind=Kind.REFUND_ONLY, status="待商家审核", respond_by=NOON)
FINDING = Finding("answers.1", Trace.PHONE, "13912345678")
UNLIKE = Difference("kind", "refund_only", "other", 2)


def made(
    *, findings: tuple[Finding, ...] = (), unlike: tuple[Difference, ...] = (), rows: int = 1
) -> Disguised:
    """Return a disguised capture of *rows* rows."""
    expected = Expected(
        outcome=Outcome.ROWS, source=Source.RESPONSE, total=rows, rows=(ROW,) * rows
    )
    fixture = Fixture(
        platform="doudian",
        queue="aftersale",
        shop="甲乙丙",
        captured_at=NOON,
        url="https://example.com/list",
        html="<p>",
        expected=expected,
    )
    return Disguised(fixture, {"phone": 2, "digits": 7}, unlike, findings)


def captures(home: Home, *taken: Taken, options: tuple[str, ...] = (), answer: str = "") -> Said:
    """Type `geshao pack capture` where *taken* is found on the pages; *answer* its question."""
    home.settles_in()

    async def found(*_arguments: object) -> list[Taken]:
        return list(taken)

    plan = SimpleNamespace(packs=PACKS)
    home.breaks("agent.commands.pack_capture.plan_for", lambda *_a, **_k: plan)
    home.breaks("agent.commands.pack_capture._taken", found)
    stdin = Asked(answer) if answer else None
    out = ("--out", str(home.folder / "kept"))
    return home.types("pack", "capture", "shanque", "aftersale", *out, *options, stdin=stdin)


def kept(home: Home) -> list[str]:
    """Return the names of the fixtures that were saved."""
    return sorted(file.parent.name for file in (home.folder / "kept").rglob(FIXTURE_FILE))


def test_all_is_shown_and_a_yes_saves_it(home: Home) -> None:
    """The counts, the first rows as they will be published, and where; then it is written."""
    said = captures(home, Taken("售后", made(rows=5), 1), answer="y\n")

    assert (0, ["aftersale_rows"]) == (said.code, kept(home))
    for told in (
        "已读到，5 行，页面说共 5 行",
        "店铺名换成：甲乙丙",
        "10001",
        "待商家审核",
        "05-01 12:00",
        "还有 2 行",
        "数字（订单号、编号等） 7 个，手机号 2 个",
        "有 1 份样式表读不到",
        "0 个接口回答",
    ):
        assert told in said.out


def test_the_next_one_gets_a_folder_of_its_own(home: Home) -> None:
    """Nothing that was saved before is written over."""
    captures(home, Taken("售后", made()), options=("--yes",))
    home.types(
        "pack", "capture", "shanque", "aftersale", "--yes", "--out", str(home.folder / "kept")
    )

    assert ["aftersale_rows", "aftersale_rows_2"] == kept(home)


@pytest.mark.parametrize(
    ("taken", "options", "answer", "told"),
    [
        pytest.param(Taken("售后", made()), (), "n\n", "没有保存", id="a no"),
        pytest.param(Taken("售后", made()), (), "", "加上 --yes 再运行", id="nobody there"),
        pytest.param(
            Taken("售后", made(findings=(FINDING,))),
            ("--yes",),
            "",
            "样本里还有 1 处像真实资料，没有保存：\n  answers.1：手机号 1**********",
            id="somebody's phone",
        ),
        pytest.param(
            Taken("售后", made(unlike=(UNLIKE,))),
            ("--yes",),
            "",
            "样本读出来和真实页面不一样，没有保存：\n  第 2 行 kind：应为 refund_only，读到 other",
            id="read differently",
        ),
        pytest.param(
            Taken("售后", trouble="连不上后台"),
            ("--yes",),
            "",
            "售后：没有打开（连不上后台）。\n→ 请用 geshao pack check shanque",
            id="not opened",
        ),
    ],
)
def test_nothing_is_saved_without_a_good_reason(
    home: Home, taken: Taken, options: tuple[str, ...], answer: str, told: str
) -> None:
    """A no, nobody to ask, a doubt: each is said, and each leaves nothing behind."""
    said = captures(home, taken, options=options, answer=answer)

    assert (1, []) == (said.code, kept(home))
    assert told in said.err


def test_a_list_that_the_pack_does_not_know_is_told(home: Home) -> None:
    """The message names those that there are."""
    captures(home, Taken("售后", made()))
    said = home.types("pack", "capture", "shanque", "gone")

    assert 2 == said.code
    assert "没有名为 gone 的列表" in said.err
    assert "aftersale" in said.err


@pytest.mark.parametrize(
    ("difference", "told"),
    [
        (Difference("outcome", "rows", "unreachable"), "结果 outcome：应为 rows，读到 unreachable"),
        (Difference("status", "待审核", "", 3), "第 3 行 status：应为 待审核，读到 （没有）"),
        (
            Difference("kind", "other", "repair", 1, by_table=True),
            "（只看页面表格）第 1 行 kind：应为 other，读到 repair",
        ),
    ],
)
def test_a_difference_names_its_field(difference: Difference, told: str) -> None:
    """Which row, which field as the pack spells it, what it should be and what it is."""
    assert told == told_difference(difference)


def test_what_is_good_is_not_refused() -> None:
    """Without findings and differences there is no reason."""
    assert refusal(made()) is None
