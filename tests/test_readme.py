"""The README says what is so: its commands, tables, codes and configuration are checked here."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from agent.__main__ import COMMANDS
from agent.cases import (
    OUTAGE_QUEUE,
    Band,
    CaseKey,
    Change,
    ChangeKind,
    Delivery,
    DeliveryState,
    Kind,
    Outcome,
    Reason,
    Source,
    Span,
    Tier,
    Why,
)
from agent.cases.link import Link, LinkState
from agent.commands import speak
from agent.commands.answers import coverage_answer, link_answer, row_answer, shop_answer
from agent.commands.late import Commands, LateCommand
from agent.config import LoudnessSettings, PolicySettings, RosterSettings, parse_settings
from agent.coverage import Coverage
from agent.events import EventLog, PauseWhy
from agent.inbox import ShopState
from agent.listing import check_overrides
from tests.fakes import NOON, FakeClock
from tests.house import ROOT
from tests.mothers import a_case, a_reading, an_alert
from tests.shipped import PACKS
from tests.ui.samples import a_row, a_shop

README = (ROOT / "README.md").read_text(encoding="utf-8")
FIRST_SCREEN = "\n".join(README.splitlines()[:25])
PLACES = ("--config", "--data")


def section(name: str) -> str:
    """Return what follows the mark *name*, up to the next empty line."""
    return README.partition(f"<!-- tested: {name} -->\n")[2].partition("\n\n")[0]


def cells(name: str) -> list[tuple[str, str]]:
    """Return the two columns of the table under the mark *name*, without its heading."""
    lines = section(name).splitlines()[2:]
    return [(row[1], row[2]) for row in (line.split("|") for line in lines)]


def quoted(text: str) -> list[str]:
    """Return the words in backticks."""
    return re.findall(r"`([^`]+)`", text)


def table(name: str) -> dict[str, set[str]]:
    """Return the words of the second column by each word of the first."""
    return {word: set(quoted(right)) for left, right in cells(name) for word in quoted(left)}


@pytest.mark.parametrize(
    "command",
    [
        "python3 -m pip install -q uv && python3 -m uv run geshao demo",
        "python3 -m pip install -q uv && python3 -m uv run python -m tests",
    ],
)
def test_first_screen_has_the_two_commands(command: str) -> None:
    """One shows the main job, one passes the tests; both stand alone on their lines."""
    assert command in FIRST_SCREEN.splitlines()


def test_command_of_the_tests_is_the_one_that_ci_runs() -> None:
    """What the README promises is what is tried."""
    commands = re.findall(r"^python3 -m pip .*$", FIRST_SCREEN, re.MULTILINE)

    assert commands[1] in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_configuration_example_loads() -> None:
    """Whoever copies the example has a configuration, and says in it what it seems to say."""
    text = section("config").removeprefix("```yaml\n").removesuffix("```")
    settings = parse_settings(text, Path("README.md"), PACKS)

    assert ["shanque"] == [shop.id for shop in settings.shops]
    assert 50_000 == settings.to_policy().high_value


def test_the_page_of_rules_loads_and_shows_every_key() -> None:
    """Whoever copies a line of it has a line that is understood, and no key is kept secret."""
    text = section("policy").removeprefix("```yaml\n").removesuffix("```")
    shop = "shops: [{id: shanque, platform: doudian, name: 山雀}]"
    settings = parse_settings(f"{text}{shop}", Path("README.md"), PACKS)

    assert set(PolicySettings.model_fields) == settings.policy.model_fields_set
    assert (
        set(LoudnessSettings.model_fields) == settings.policy.loudness[Tier.URGENT].model_fields_set
    )
    check_overrides(settings, PACKS)


def test_the_roster_loads_and_shows_every_key() -> None:
    """Shifts, exceptions, whose kind it is, a holiday, and a ladder that calls by the roster."""
    text = section("roster").removeprefix("```yaml\n").removesuffix("```")
    settings = parse_settings(text, Path("README.md"), PACKS)
    ladder = settings.to_policy().loudness[Tier.URGENT].ladder

    assert set(RosterSettings.model_fields) == settings.roster.model_fields_set
    assert settings.holiday is not None
    assert {"first", "last", "stand_in"} == settings.holiday.model_fields_set
    assert [("on_duty",), ("on_duty",), ("stand_in",)] == [step.people for step in ladder]


def test_events_table_is_what_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every event with every field, and no other."""
    monkeypatch.setattr("agent.events._LAST_WORDS_S", 60)  # the machine may be busy
    with EventLog(str(tmp_path / "events"), FakeClock()) as events:
        write_every_event(events)
    lines = map(json.loads, (tmp_path / "events").read_text(encoding="utf-8").splitlines())

    written = {line.pop("event"): line.keys() - {"at"} for line in lines}
    assert table("events") == written


def write_every_event(events: EventLog) -> None:
    """Tell of everything that can happen."""
    events.reading(a_reading())
    outage = a_case(key=CaseKey("shanque", OUTAGE_QUEUE, OUTAGE_QUEUE), kind=Kind.OUTAGE)
    for case in (a_case(), outage):
        for kind in ChangeKind:
            events.change(Change(kind, case, case))
    events.alert(an_alert(), a_case())
    events.delivery(Delivery(an_alert(), "sound"))
    events.paused("shanque", PauseWhy.PERSON, None)
    events.resumed("shanque", PauseWhy.PERSON)
    events.drill("2026-05-01", "passed", [])


@pytest.mark.parametrize(
    ("label", "values"),
    [
        ("`outcome`", {one.value for one in Outcome}),
        ("`source`", {one.value for one in Source}),
        ("`tier`", {one.name.lower() for one in Tier}),
        ("`band`", {one.name.lower() for one in Band}),
        ("`reason`", {one.value for one in Reason}),
        ("`state` of a delivery", {one.value for one in DeliveryState}),
        ("`state`", {one.value for one in ShopState}),
        ("`why`", {one.value for one in Why} - {Why.COVERED, Why.UNKNOWN}),
        ("`why` of a pause", {one.value for one in PauseWhy}),
    ],
)
def test_values_are_named_one_for_one(label: str, values: set[str]) -> None:
    """Each list of values below the tables is complete, and none of them is made up."""
    told = re.search(rf"{re.escape(label)}: (.*?)(?=\. |\.\n|\n\n|: then)", README, re.DOTALL)

    assert told is not None
    without_asides = re.sub(r"\(.*?\)", "", told[1], flags=re.DOTALL)
    assert sorted(values) == sorted(quoted(without_asides))


def test_json_table_is_what_is_printed() -> None:
    """The keys of `--json`, one for one."""
    shop: dict[str, Any] = shop_answer(a_shop(), PACKS["doudian"])
    missed = [Span(NOON, NOON + timedelta(seconds=1), Why.ASLEEP)]
    record: dict[str, Any] = coverage_answer(Coverage("shanque", {"chat": missed}), "chat")

    assert {
        "geshao inbox": set(row_answer(a_row(1))),
        "geshao shops": set(shop),
        "queues": set(shop["queues"][0]),
        "geshao coverage": set(record),
        "gaps": set(record["gaps"][0]),
        "geshao drill": set(link_answer(Link("sound", LinkState.PASSED))),
    } == table("json")


def loaded(group: Commands, *before: str) -> Iterator[tuple[str, Any]]:
    """Yield each command of *group* with the words by which it is called."""
    for name, command in group.commands.items():
        words = (*before, name)
        if isinstance(command, Commands):
            yield from loaded(command, *words)
        elif isinstance(command, LateCommand):
            yield " ".join(words), command.load()


def written(command: Any) -> set[str]:  # noqa: ANN401 (typer keeps the type to itself)
    """Return the options and arguments of *command* as a usage line writes them."""
    found = set()
    for parameter in command.params:
        name = parameter.opts[0]
        takes = "" if getattr(parameter, "is_flag", False) else f" {parameter.metavar or 'FILE'}"
        if not name.startswith("-"):
            found.add(parameter.metavar if parameter.required else f"[{parameter.metavar}]")
        elif name not in PLACES:
            found.add(f"{name}{takes}" if parameter.required else f"[{name}{takes}]")
    return found


def told_usage(line: str) -> tuple[str, set[str]]:
    """Return the command's words and its options in a line such as `geshao x [--y Z] W`."""
    parts = re.findall(r"\[[^\]]+\]|--\S+ \S+|\S+", line.removeprefix("geshao "))
    words = [part for part in parts if part[0].islower()]
    return " ".join(words), set(parts) - set(words)


def test_commands_table_is_complete() -> None:
    """Every command with all its options, and none that does not exist."""
    usages = [usage for left, _ in cells("commands") for usage in quoted(left)]

    assert {name: written(command) for name, command in loaded(COMMANDS)} == dict(
        map(told_usage, usages)
    )


def test_places_are_options_of_all_that_use_them() -> None:
    """The sentence about `--config` and `--data` is true."""
    taken = {
        name: {option for param in command.params for option in param.opts} & set(PLACES)
        for name, command in loaded(COMMANDS)
    }

    only_config = {"--config"}
    nowhere = ("demo", "pack schema", "autostart off", "autostart status")
    expected = {**{name: set[str]() for name in nowhere}, "init": only_config}
    expected["shop list"] = expected["pack test"] = only_config
    assert {name: expected.get(name, set(PLACES)) for name in taken} == taken


def test_exit_codes_are_those_of_the_program() -> None:
    """0 to 6, each with its meaning; a script may rely on them."""
    told = re.search(r"^Exit codes: (.*?)\nCtrl-C", README, re.DOTALL | re.MULTILINE)

    assert told is not None
    codes = {int(code) for code in re.findall(r"`(\d)`", told[1])}
    assert {0, 1} | {code for _, code in speak.EXIT_CODES} == codes


def test_platforms_named_are_those_with_packs() -> None:
    """Nobody is promised a platform that is not there."""
    told = section("platforms")

    assert set(PACKS) == {word for word in quoted(told) if word in PACKS}
    assert all(f"`{platform}`" in told for platform in PACKS)


def test_lists_that_a_pack_does_not_read_are_named() -> None:
    """Each row of the table has what its pack says, in the column for it."""
    rows = {
        word: set(filter(None, line.split("|")[3].strip().split("、")))
        for line in section("platforms").splitlines()[2:]
        for word in quoted(line.split("|")[1])
    }

    assert {name: set(pack.unseen) for name, pack in PACKS.items()} == rows


def test_nobody_is_told_that_an_unproven_pack_works() -> None:
    """As long as a pack was never tried on the live site, the README says so."""
    never = [pack for pack in PACKS.values() if pack.verified_on == "never"]

    assert bool(never) == ("**nobody has confirmed them on the live\nsites yet**" in README)


def test_links_lead_somewhere() -> None:
    """Every link to a file in the project does."""
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", README)

    assert targets
    assert [] == [target for target in targets if not (ROOT / target).exists()]


def test_cases_that_are_merely_seen_again_are_no_event(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table needs no line for them."""
    monkeypatch.setattr("agent.events._LAST_WORDS_S", 60)  # the machine may be busy
    with EventLog(str(tmp_path / "events"), FakeClock()) as events:
        events.change(Change(ChangeKind.SEEN, None, replace(a_case(), missed=1)))

    assert "" == (tmp_path / "events").read_text(encoding="utf-8")
