"""The demo's script: each verb is real, each sort of thing is seen, and each at its time."""

import asyncio

import pytest

from agent.demo import scenario
from agent.demo.doudian import AfterSaleType, MakeBelieveDoudian
from agent.demo.scenario import FLAGSHIP, LOGINS, OUTLET, ROUND_S, STEPS, STOCK, TEA, Step
from tests.fakes import FakeClock

HALF_AN_HOUR_S = 1800


@pytest.fixture
def office(clock: FakeClock) -> MakeBelieveDoudian:
    """Return a Doudian that was furnished for the demo but serves nobody."""
    office = MakeBelieveDoudian(clock)
    scenario.furnish(office)
    return office


def test_three_shops_on_two_logins() -> None:
    """The demo has two shops behind one account and one behind another."""
    assert [(FLAGSHIP, OUTLET), (TEA,)] == [login.shops for login in LOGINS]


def test_every_step_can_be_done(office: MakeBelieveDoudian) -> None:
    """Walking through the whole table raises nothing, twice over."""
    for _round in range(2):
        kept: dict[str, str] = {}
        for step in STEPS:
            scenario.perform(office, step, kept)

    assert {step.keep for step in STEPS if step.keep} == set(kept)


def test_a_round_leaves_no_litter(office: MakeBelieveDoudian) -> None:
    """After a round the lists hold what they held before, so that hours of demo do not pile up."""
    before = {shop: len(listed(office, shop)) for shop in (FLAGSHIP, OUTLET, TEA)}
    kept: dict[str, str] = {}
    for step in STEPS:
        scenario.perform(office, step, kept)

    after = {shop: len(listed(office, shop)) for shop in (FLAGSHIP, OUTLET, TEA)}

    assert before == after


def listed(office: MakeBelieveDoudian, shop: str) -> list[str]:
    """Return the tickets that the unfiltered list of *shop* shows."""
    return [t.after_sale_id for t in office._state.shops[shop].tickets.values() if t.listed]


def test_steps_are_in_order_and_fit_the_round() -> None:
    """The table is sorted by time, begins soon and ends within its round."""
    times = [step.at_s for step in STEPS]

    assert sorted(times) == times
    assert times[-1] < ROUND_S


def test_new_ticket_comes_within_15_seconds() -> None:
    """Who starts the demo need not wait long for the first ring."""
    first = next(step for step in STEPS if step.verb == "add_case")

    assert first.at_s <= 15


@pytest.mark.parametrize(
    "verb",
    [
        "add_case",
        "message",
        "urge",
        "reply",
        "resolve",
        "dispute",
        "extend_deadline",
        "sign_out",
        "show_captcha",
        "go_down",
        "deny_permission",
        "switch_shop",
        "slow",
        "rename_classes",
    ],
)
def test_every_sort_of_event_is_seen(verb: str) -> None:
    """Each thing that the product must notice happens once a round."""
    assert verb in {step.verb for step in STEPS}


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("show_captcha", "clear_captcha"),
        ("go_down", "come_back"),
        ("deny_permission", "allow_permission"),
    ],
)
def test_every_trouble_is_over_before_the_next(begin: str, end: str) -> None:
    """What blinds the product lasts long enough to be seen, and ends."""
    at = {step.verb: step.at_s for step in STEPS}

    assert 15 <= at[end] - at[begin] <= 60


def test_one_deadline_crosses_the_last_line_soon_after_the_start() -> None:
    """One ticket of the stock has a little more than half an hour left, another less."""
    left = [what["deadline"].total_seconds() for _shop, what in STOCK if what.get("deadline")]

    assert [40] == [s - HALF_AN_HOUR_S for s in left if 0 <= s - HALF_AN_HOUR_S <= 60]
    assert [] != [seconds for seconds in left if seconds < HALF_AN_HOUR_S]


def test_stock_is_a_mix() -> None:
    """Refunds, a return, an exchange, a missing part and a dispute lie there from the start."""
    kinds = {what.get("after_sale_type", AfterSaleType.REFUND_SHIPPED) for _shop, what in STOCK}

    assert {0, 1, 2, 3, 7} == kinds
    assert 1 == sum("arbitrate" in what for _shop, what in STOCK)


async def test_play_keeps_time(
    office: MakeBelieveDoudian, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step happens at its second of the round, and the round starts over."""
    done: list[tuple[float, str]] = []

    def note(_office: MakeBelieveDoudian, step: Step, _kept: dict[str, str]) -> None:
        done.append((clock.monotonic(), step.verb))

    monkeypatch.setattr(scenario, "perform", note)
    async with asyncio.TaskGroup() as tasks:
        playing = tasks.create_task(scenario.play(office, clock))
        await clock.advance(ROUND_S + STEPS[0].at_s)
        playing.cancel()

    expected = [(step.at_s, step.verb) for step in STEPS]
    assert [*expected, (ROUND_S + STEPS[0].at_s, STEPS[0].verb)] == done
