"""How often a list is read: by day, at night, on the road; and how long a look proves anything."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from agent.pace import Night, Pace, Promise, Proof, Slow

MINUTE = timedelta(minutes=1)
SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
NIGHT = Night(time(1), time(7), 5 * MINUTE)
USUAL = timedelta(seconds=30)


def pace(zone: ZoneInfo = SHANGHAI, *, night: Night | None = NIGHT, road: bool = False) -> Pace:
    """Return a pace in *zone*."""
    return Pace(night=night, travelling=lambda: road, zone=zone)


def moment(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """Return the moment at which a clock in *zone* shows *text*."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("begins", "ends", "shown", "is_night"),
    [
        (time(1), time(7), "00:59:59", False),
        (time(1), time(7), "01:00", True),
        (time(1), time(7), "06:59:59", True),
        (time(1), time(7), "07:00", False),
        (time(23, 30), time(6), "23:29", False),
        (time(23, 30), time(6), "23:30", True),
        (time(23, 30), time(6), "00:00", True),
        (time(23, 30), time(6), "05:59", True),
        (time(23, 30), time(6), "06:00", False),
        (time(23, 30), time(6), "12:00", False),
    ],
)
def test_night_is_by_the_clock_on_the_wall(
    begins: time,
    ends: time,
    shown: str,
    is_night: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """From its beginning up to its end, over midnight or not."""
    at = moment(f"2026-05-01 {shown}")
    promised = pace(night=Night(begins, ends, 5 * MINUTE)).promised(at)

    assert (Promise(5 * MINUTE, Slow.NIGHT) if is_night else Promise(USUAL)) == promised


@pytest.mark.parametrize(
    ("at", "until_day"),
    [
        ("2026-05-01T00:30+00:00", timedelta(0)),
        ("2026-03-29T00:30+00:00", timedelta(hours=4, minutes=30)),  # 1:30, before the hour is lost
        ("2026-03-29T01:30+00:00", timedelta(hours=3, minutes=30)),
        ("2026-10-24T23:30+00:00", timedelta(hours=6, minutes=30)),  # 1:30, before it comes twice
        ("2026-10-25T01:30+00:00", timedelta(hours=4, minutes=30)),
    ],
)
def test_night_ends_by_the_wall_when_clocks_change(at: str, until_day: timedelta) -> None:
    """The night in which clocks go forward is an hour shorter, the other an hour longer."""
    night = Night(time(23), time(7), 5 * MINUTE)
    if until_day == timedelta(0):
        night = Night(time(3), time(7), 5 * MINUTE)

    assert until_day == pace(BERLIN, night=night).until_day(datetime.fromisoformat(at))


def test_night_without_a_zone_is_that_of_the_machine() -> None:
    """However its clock is set, the night has the length that was asked for, give or take one."""
    here = Pace(night=Night(time(1), time(7), 5 * MINUTE))
    noon = datetime(2026, 5, 1, 12, tzinfo=UTC)
    hours = [noon + timedelta(minutes=30 * n) for n in range(48)]
    nights = [at for at in hours if here.promised(at).slow is Slow.NIGHT]

    assert 12 == len(nights)
    assert all(timedelta(0) < here.until_day(at) <= timedelta(hours=6) for at in nights)


@pytest.mark.parametrize(
    ("interval", "promised"),
    [
        (USUAL, Promise(3 * USUAL, Slow.TRAVEL)),
        (40 * MINUTE, Promise(60 * MINUTE, Slow.TRAVEL)),
        (60 * MINUTE, Promise(60 * MINUTE, Slow.TRAVEL)),
    ],
)
def test_travel_takes_three_times_as_long(interval: timedelta, promised: Promise) -> None:
    """But not above an hour: that would be no watching any more."""
    travelling = Pace(interval, travelling=lambda: True)

    assert promised == travelling.promised(moment("2026-05-01 12:00"))


@pytest.mark.parametrize(
    ("night", "slow"), [(5 * MINUTE, Slow.NIGHT), (MINUTE, Slow.TRAVEL)], ids=str
)
def test_of_two_reasons_the_slower_one_counts(night: timedelta, slow: Slow) -> None:
    """At night on the road nothing is multiplied twice."""
    both = pace(night=Night(time(1), time(7), night), road=True)

    assert slow is both.promised(moment("2026-05-01 02:00")).slow


@pytest.mark.parametrize(
    ("confirmed", "now", "trusted"),
    [
        ("12:00", "12:10", 2 * MINUTE),
        ("02:00", "02:10", 20 * MINUTE),
        ("06:56", "07:01", 20 * MINUTE),
        ("00:59", "01:01", 20 * MINUTE),
    ],
)
def test_silence_is_judged_by_what_was_promised(
    confirmed: str, now: str, trusted: timedelta
) -> None:
    """A look at night is good for as long as its next one was to take, into the morning too."""
    at = [moment(f"2026-05-01 {shown}") for shown in (confirmed, now)]

    assert trusted == pace().trusted_for(*at)


@pytest.mark.parametrize(
    ("interval", "road", "at", "pressing", "spared"),
    [
        (30, False, "12:00", False, 60),
        (5, False, "12:00", False, 10),
        (30, True, "12:00", False, 180),  # on the battery, each 90 s
        (30, False, "03:00", False, 600),  # at night, each five minutes
        (120, False, "12:00", False, 240),
        (3600, False, "12:00", False, 600),
        (30, False, "12:00", True, 0),  # something is about to run out
        (30, True, "03:00", True, 0),
    ],
)
def test_what_proves_itself_alive_is_loaded_before_it_is_trusted_no_more(
    interval: int,
    road: bool,  # noqa: FBT001 (a column of the table)
    at: str,
    pressing: bool,  # noqa: FBT001 (the same)
    spared: int,
) -> None:
    """Two looks long, ten minutes at most; what presses is spared nothing."""
    usual = timedelta(seconds=interval)
    paced = Pace(usual, night=NIGHT, travelling=lambda: road, zone=SHANGHAI)

    left = paced.spared(moment(f"2026-05-01 {at}"), pressing=pressing)

    assert timedelta(seconds=spared) == left
    assert left + usual * 1.2 + usual / 2 <= paced.trusted_for(*[moment(f"2026-05-01 {at}")] * 2)


@pytest.mark.parametrize(
    ("confirmed_s", "answered_s", "line", "spared_s", "spares"),
    [
        (30, 30, True, 90, True),
        (90, 60, True, 90, True),
        (90.1, 1, True, 90, False),  # loaded too long ago
        (89, 90.1, True, 90, False),  # nobody has known its session lately
        (30, 1, False, 90, False),  # nothing would be told
        (0, 0, True, 0, True),
        (1, 0, True, 0, False),  # spared nothing
    ],
)
def test_a_page_needs_its_line_a_young_answer_and_a_young_load(
    confirmed_s: float,
    answered_s: float,
    line: bool,  # noqa: FBT001 (a column of the table)
    spared_s: float,
    spares: bool,  # noqa: FBT001 (the same)
) -> None:
    """All three, or it is loaded."""
    assert spares is Proof(confirmed_s, answered_s, line).spares(spared_s)
