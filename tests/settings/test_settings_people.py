"""Who works here, changed without the file being opened: it reads as before, but for that."""

from pathlib import Path

import pytest

from agent.cases import Kind
from agent.config import read_settings, write_first_config
from agent.errors import ConfigError
from agent.settings.people import Person, people_of, put_person, remove_person
from agent.settings.roads import set_tiers
from tests.settings.test_settings_live import a_program

TEXT = """\
# 我的
roads:
  - {name: 群, type: dingtalk}  # 店里的群
  - name: 小王手机
    type: ntfy
    tiers: [urgent, important]  # 别动
roster:
  # 谁
  people:
    小王: [小王手机]  # 早班
    小李: []
    老板: []
  weekly:
    - {from: "09:00", to: "18:00", who: [小王]}
  stand_in: 小李
  assign: {refund_only: 小王, complaint: 小李}  # 哪类
policy: {loudness: {urgent: {escalate: [{after: 3m, to: 老板}]}}}
"""
GROUP = "  - {name: 群, type: dingtalk"
REFUND, COMPLAINT = Kind.REFUND_ONLY, Kind.COMPLAINT


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a file with a roster, written by a person."""
    file = tmp_path / "config.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return file


def known(file: Path) -> dict[str, Person]:
    """Return whom *file* has."""
    return {person.name: person for person in people_of(read_settings(file))}


@pytest.mark.parametrize(
    ("person", "new", "lines"),
    [
        (
            Person("小张", ("群",), frozenset({REFUND})),
            True,
            [
                "    小张: [群]",
                "  assign: {refund_only: 小张, complaint: 小李}  # 哪类",
            ],
        ),
        (
            Person("小王", ("小王手机", "群"), frozenset({COMPLAINT})),
            False,
            ["    小王: [小王手机, 群]  # 早班", "  assign: {complaint: 小王}  # 哪类"],
        ),
        (Person("Li: Lei", (), frozenset()), True, ['    "Li: Lei": []']),
        (Person("null", (), frozenset()), True, ['    "null": []']),
        (
            Person("小李", (), frozenset({COMPLAINT}), stands_in=False),
            False,
            [],
        ),
    ],
    ids=["new", "changed", "a colon", "a word of YAML's", "stands in no more"],
)
def test_what_is_written_is_what_is_read(
    file: Path,
    person: Person,
    new: bool,  # noqa: FBT001 (a column)
    lines: list[str],
) -> None:
    """On lines of its own or in the braces that are there; every comment stays."""
    line = put_person(file, person, new=new)
    text = file.read_text(encoding="utf-8")

    assert person == known(file)[person.name]
    assert lines == [one for one in text.splitlines() if one not in TEXT.splitlines()]
    assert person.name in text.splitlines()[line - 1]
    assert all(comment in text for comment in ("# 我的", "# 店里的群", "# 谁", "# 早班", "# 哪类"))


def test_a_number_is_written_beside_the_robot_that_calls_it(file: Path) -> None:
    """Changed and taken away with the person; a road that calls nobody has none."""
    numbers = []
    for given in ("13900139000", "13800138000"):
        put_person(file, Person("小张", numbers={"群": given}), new=not numbers)
        numbers.append(dict(known(file)["小张"].numbers))
    text = file.read_text(encoding="utf-8")
    remove_person(file, "小张")
    with pytest.raises(ConfigError, match="people"):
        put_person(file, Person("小张", numbers={"小王手机": "13900139000"}), new=True)

    assert [{"群": "13900139000"}, {"群": "13800138000"}] == numbers
    assert f'{GROUP}, people: {{小张: "13800138000"}}}}  # 店里的群' in text.splitlines()
    assert "13800138000" not in file.read_text(encoding="utf-8")


def test_the_first_of_all_is_written_into_the_first_configuration(tmp_path: Path) -> None:
    """Below what it shows of a roster; then more, and all of them away again."""
    file = tmp_path / "config.yaml"
    write_first_config(file, "zh")
    before = file.read_text(encoding="utf-8").splitlines()
    put_person(file, Person("小王", (), frozenset({REFUND}), stands_in=True), new=True)
    put_person(file, Person("小李"), new=True)
    both = [*known(file)]
    put_person(file, Person("小王"), new=False)
    for name in both:
        remove_person(file, name)

    assert ["小王", "小李"] == both
    assert {} == known(file)
    assert before == [
        line for line in file.read_text(encoding="utf-8").splitlines() if "roster: {" not in line
    ]


@pytest.mark.parametrize(
    ("name", "spots"),
    [
        ("小王", ["每周的值班"]),
        ("小李", ["替班的人"]),
        ("老板", ["没人处理时要叫的人"]),
        ("路人", ["排班表里没有 路人"]),
    ],
)
def test_who_has_a_turn_is_not_taken_out(file: Path, name: str, spots: list[str]) -> None:
    """It is said where; nobody is called in vain afterwards."""
    with pytest.raises(ConfigError) as refused:
        remove_person(file, name)

    assert all(spot in str(refused.value) for spot in spots)
    assert TEXT == file.read_text(encoding="utf-8")


def test_the_kinds_of_who_goes_are_nobodys(file: Path) -> None:
    """And their line is gone."""
    put_person(file, Person("小张", (), frozenset({REFUND, Kind.DISPUTE})), new=True)
    remove_person(file, "小张")

    assert "小张" not in file.read_text(encoding="utf-8")
    assert {COMPLAINT: "小李"} == read_settings(file).roster.assign


@pytest.mark.parametrize(
    ("person", "new", "words"),
    [
        (Person("小王"), True, "已经有 小王"),
        (Person("路人"), False, "没有 路人"),
        (Person("小张", ("电报",)), True, "电报"),
        (Person("on_duty"), True, "on_duty"),
        (Person(" "), True, "一行文字"),
    ],
    ids=["there already", "gone meanwhile", "no such road", "a word of the ladder", "no name"],
)
def test_what_cannot_be_is_refused(
    file: Path,
    person: Person,
    new: bool,  # noqa: FBT001 (a column)
    words: str,
) -> None:
    """The file is left alone."""
    with pytest.raises(ConfigError, match=words):
        put_person(file, person, new=new)

    assert TEXT == file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "tiers", "line"),
    [
        ("群", ["urgent", "normal"], f"{GROUP}, tiers: [urgent, normal]}}  # 店里的群"),
        ("群", [], f"{GROUP}, tiers: []}}  # 店里的群"),
        ("小王手机", ["important"], "    tiers: [important]  # 别动"),
    ],
)
def test_a_roads_tiers_are_written_beside_what_it_is(
    file: Path, name: str, tiers: list[str], line: str
) -> None:
    """None means: only when it is named; its comment stays, and the line is told."""
    at = set_tiers(file, name, tiers)
    text = file.read_text(encoding="utf-8").splitlines()
    (road,) = (road for road in read_settings(file).roads if road.name == name)

    assert line == text[at - 1]
    assert tiers == [tier.name.lower() for tier in road.tiers]
    assert 1 == len({*text} - {*TEXT.splitlines()})


def test_the_tiers_of_no_road_are_refused(file: Path) -> None:
    """It may have been taken out meanwhile."""
    with pytest.raises(ConfigError, match="没有名为 手机 的通道"):
        set_tiers(file, "手机", ["urgent"])


async def test_the_running_program_changes_them_too(tmp_path: Path) -> None:
    """The key and the line are told; people are heeded at once, a road's tiers after a restart."""
    async with a_program(tmp_path, TEXT) as program:
        added = await program.settings.set_person(Person("小张"), new=True)
        waits = (await program.settings.look()).waiting
        gone = await program.settings.remove_person("小张")
        tiers = await program.settings.set_tiers("群", ["normal"])
        later = (await program.settings.look()).waiting

    assert ("roster", "roster.people", "roads") == (added.key, gone.key, tiers.key)
    assert (True, False, True) == (added.line > 0, gone.line > 0, tiers.line > 0)
    assert ((), ("roads",)) == (waits, later)
    assert "小张" not in program.text()
