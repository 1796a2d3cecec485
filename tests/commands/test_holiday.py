"""`geshao holiday`: what is written, what is said, and what is refused."""

from datetime import UTC, date, datetime, time

import pytest

from agent.cases import Holiday, Policy, Roster, Shift, Weekly, with_people
from agent.commands.duty import duty_lines
from agent.config import read_settings
from tests.commands.home import Home

ROSTER = "\nroster: {people: {小王: [], 小李: []}, stand_in: 小李}\n"
TYPED = ("holiday", "--from", "2099-10-01", "--to", "2099-10-07")


@pytest.fixture
def staffed(home: Home) -> Home:
    """Give a home with a configuration that has a roster."""
    home.types("init")
    with home.config.open("a", encoding="utf-8") as file:
        file.write(ROSTER)
    return home


def test_what_is_typed_is_written_and_said(staffed: Home) -> None:
    """Who is on duty when, a text to paste, and that nobody hears a desk; nothing else changes."""
    before = staffed.config.read_text(encoding="utf-8")
    said = staffed.types(*TYPED, "--stand-in", "小王")
    holiday = read_settings(staffed.config).to_policy().holiday

    assert 0 == said.code
    assert Holiday(date(2099, 10, 1), date(2099, 10, 7), "小王") == holiday
    assert "要休假：2099-10-01 到 10-07，到时由 小王 值班\n" in said.out
    assert "2099-10-01 到 10-07 我们休假" in said.out
    assert "10-08 起恢复正常。" in said.out
    assert "鸽哨从不替您发送" in said.out
    assert "geshao channel add" in said.err
    line = 'holiday: {from: 2099-10-01, to: 2099-10-07, stand_in: "小王"}\n'
    assert before + line == staffed.config.read_text(encoding="utf-8")


def test_off_leaves_the_file_as_it_was(staffed: Home) -> None:
    """The switch leaves no trace; a second time it says that there was nothing."""
    before = staffed.config.read_text(encoding="utf-8")
    staffed.types(*TYPED)
    ended, again = staffed.types("holiday", "off"), staffed.types("holiday", "off")

    assert before == staffed.config.read_text(encoding="utf-8")
    assert "休假结束" in ended.out
    assert "本来就没有休假。\n" == again.out


def test_another_holiday_takes_its_place(staffed: Home) -> None:
    """There is one switch."""
    staffed.types(*TYPED)
    staffed.types("holiday", "--from", "2098-02-05", "--to", "2098-02-05")
    holiday = read_settings(staffed.config).to_policy().holiday

    assert Holiday(date(2098, 2, 5), date(2098, 2, 5), "小李") == holiday


@pytest.mark.parametrize("typed", [("holiday",), ("holiday", "status")])
def test_status_says_who_is_there(staffed: Home, typed: tuple[str, ...]) -> None:
    """Without a holiday too."""
    said = staffed.types(*typed)

    assert "没有休假。\n值班：没有人，该叫值班的人时就叫所有人\n替班：小李\n" == said.out


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("holiday", "--from", "2099-10-01"), "要写明休假的第一天和最后一天。"),
        (("holiday", "--stand-in", "小李"), "要写明休假的第一天和最后一天。"),
        (("holiday", "--from", "国庆", "--to", "2099-10-07"), "from：写的是「国庆」，应为日期"),
        (("holiday", "--from", "2099-10-09", "--to", "2099-10-07"), "应为不早于 from"),
        (
            (*TYPED, "--stand-in", "老板"),
            "配置的 roster.people 里没有 老板。\n→ 可选：小王、小李。",
        ),
        (("holiday", "--from", "2020-01-01", "--to", "2020-01-02"), "2020-01-02 已经过了。"),
        (("holiday", "on"), "看不懂 geshao holiday on"),
        ((*TYPED[:1], "off", *TYPED[1:]), "看不懂 geshao holiday off"),
    ],
)
def test_what_cannot_be_is_refused(staffed: Home, typed: tuple[str, ...], words: str) -> None:
    """With what is to be typed in its place; the file is left alone."""
    before = staffed.config.read_text(encoding="utf-8")
    code, problem = staffed.types(*typed).problem

    assert 2 == code
    assert words in problem
    assert before == staffed.config.read_text(encoding="utf-8")


def test_somebody_has_to_stand_in(home: Home) -> None:
    """Without a roster one is named, or there is no holiday."""
    home.types("init")
    code, problem = home.types(*TYPED).problem

    assert 2 == code
    assert "要写明休假时由谁值班。" in problem
    assert 0 == home.types(*TYPED, "--stand-in", "老板: 「我」").code
    holiday = read_settings(home.config).to_policy().holiday
    assert holiday is not None
    assert "老板: 「我」" == holiday.stand_in


def test_a_file_that_cannot_be_changed_is_left_alone(home: Home) -> None:
    """A file in one pair of braces is changed by hand."""
    home.types("init")
    home.config.write_text("{language: zh}\n", encoding="utf-8")
    code, problem = home.types(*TYPED, "--stand-in", "小李").problem

    assert 2 == code
    assert "请手动改成单独一行 holiday:" in problem
    assert "{language: zh}\n" == home.config.read_text(encoding="utf-8")


PEOPLE = Roster(
    people={"小王": (), "小李": ()},
    weekly=(Weekly(Shift(("小王",), time(9), time(18))),),
    zone=UTC,
)
OCTOBER = Holiday(date(2099, 10, 1), date(2099, 10, 7), "小李")


@pytest.mark.parametrize(
    ("holiday", "day", "hour", "lines"),
    [
        (None, 1, 12, ["值班：小王，到 10-01 18:00", "替班：小王、小李"]),
        (
            None,
            1,
            20,
            ["值班：没有人，该叫值班的人时就叫所有人，到 10-02 09:00", "替班：小王、小李"],
        ),
        (OCTOBER, 7, 20, ["休假中：2099-10-01 到 10-07，由 小李 值班", "值班：小李", "替班：小李"]),
        (
            OCTOBER,
            8,
            12,
            ["休假已经过了：2099-10-01 到 10-07", "值班：小王，到 10-08 18:00", "替班：小王、小李"],
        ),
    ],
)
def test_it_is_said_who_is_on_duty(
    holiday: Holiday | None, day: int, hour: int, lines: list[str]
) -> None:
    """Until when, that nobody means everybody, and whether it is holiday."""
    policy = with_people(Policy(zone=UTC), PEOPLE, holiday)

    assert lines == list(duty_lines(policy, datetime(2099, 10, day, hour, tzinfo=UTC)))
