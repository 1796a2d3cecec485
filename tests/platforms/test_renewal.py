"""Which part of the browser is renewed when, as tables and hours on paper."""

from itertools import pairwise

import pytest

from agent.platforms.renewal import APART_S, EVERY_S, Remedy, Rota, Scale, most_mb

SHOPS = ("a", "b", "c", "d")


def walked(
    rota: Rota, until: float, start: float = 0.0, step: float = 5.0
) -> list[tuple[str, float]]:
    """Ask *rota* every few seconds and do what it says; return whose turn it was, and when."""
    turns, now = [], start
    while now <= until:
        if (shop := rota.turn(now)) is not None:
            rota.done(shop, now)
            turns.append((shop, now))
        now += step
    return turns


def test_each_shop_has_its_turn_about_hourly_and_never_beside_another() -> None:
    """In three hours each comes three times, a quarter of an hour from the next."""
    turns = walked(Rota(SHOPS, 0.0), until=3 * EVERY_S + 60)
    times = [at for _, at in turns]

    assert [*SHOPS] * 3 == [shop for shop, _ in turns]
    assert EVERY_S / 4 == times[0]
    assert all(later - earlier == EVERY_S / 4 for earlier, later in pairwise(times))


def test_after_a_night_asleep_all_are_due_and_come_one_by_one() -> None:
    """However late it is, two never fall together."""
    turns = walked(Rota(SHOPS, 0.0), start=10 * EVERY_S, until=10 * EVERY_S + 300)

    assert [*SHOPS] == [shop for shop, _ in turns]
    assert [APART_S] * 3 == [b - a for (_, a), (_, b) in pairwise(turns)]


def test_who_is_busy_keeps_nobody_waiting() -> None:
    """The next shop takes its turn, and the busy one is asked again soon."""
    rota = Rota(("a", "b"), 0.0)
    rota.everyone(100.0)
    rota.put_off("a", 100.0)

    assert [("b", 100.0), ("a", 120.0)] == walked(rota, 200.0, 100.0)


def test_everyone_means_one_after_the_other() -> None:
    """A browser that is given up is left by all shops, each in its turn, and only once."""
    rota = Rota(SHOPS, 0.0)
    rota.everyone(60.0)

    assert [("a", 60.0), ("b", 80.0), ("c", 100.0), ("d", 120.0)] == walked(rota, 600.0, 60.0)


def test_nobody_to_renew() -> None:
    """Without shops it is never anybody's turn."""
    assert None is Rota((), 0.0).turn(EVERY_S * 9)


@pytest.mark.parametrize(
    ("shops", "machine_mb", "limit_mb"),
    [(1, 16_000, 1400), (5, 16_000, 3000), (5, 4_000, 2000), (30, 16_000, 8000)],
)
def test_what_a_browser_may_take(shops: int, machine_mb: float, limit_mb: float) -> None:
    """More with more shops, and half of the machine at most."""
    assert limit_mb == most_mb(shops, machine_mb)


@pytest.mark.parametrize(
    ("weights", "remedies"),
    [
        ([900, 1000], [None, None]),
        ([1001, 900, 1001], [Remedy.COLLECT, None, Remedy.COLLECT]),
        ([1001, 1001, 900], [Remedy.COLLECT, Remedy.REPLACE, None]),
        (
            [1001, 1001, 1001, 1001, 1001],
            [Remedy.COLLECT, Remedy.REPLACE, Remedy.COLLECT, None, None],
        ),
    ],
    ids=["light", "tidied", "replaced", "seldom"],
)
def test_a_heavy_browser_is_tidied_first_and_replaced_seldom(
    weights: list[float], remedies: list[Remedy | None]
) -> None:
    """Weighed each minute, with a limit of 1000 MB."""
    scale = Scale(1000)

    assert remedies == [scale.remedy(one, 60.0 * turn) for turn, one in enumerate(weights)]


def test_a_browser_that_stays_heavy_is_replaced_again_after_half_an_hour() -> None:
    """Another one was no help; the next may be, later."""
    scale = Scale(1000)
    remedies = [scale.remedy(2000, 60.0 * minute) for minute in range(40)]

    assert [1, 31] == [at for at, one in enumerate(remedies) if one is Remedy.REPLACE]
