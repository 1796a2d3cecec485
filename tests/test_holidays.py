"""A running program heeds the roster and the holiday that its file says now."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from agent.cases import Holiday, Policy
from agent.config import HolidaySettings, read_settings, set_holiday
from agent.holidays import Holidays
from tests.fakes import FakeClock

TEXT = "language: zh\nroster: {people: {小王: [], 小李: []}, stand_in: 小李}\n"
HOLIDAY = HolidaySettings.model_validate({"from": "2026-10-01", "to": "2026-10-07"})


@dataclass
class Program:
    """A program that runs on *file*."""

    file: Path
    policies: list[Policy] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start it."""
        self.file.write_text(TEXT, encoding="utf-8")
        settings = read_settings(self.file)
        self.heeds = Holidays(self.file, settings, FakeClock(), self.policies.append)

    async def after(self, text: str) -> list[Policy]:
        """Return the policies that it followed once the file says *text*."""
        self.file.write_text(text, encoding="utf-8")
        await self.heeds.look()
        return self.policies


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Give a program that was just started."""
    return Program(tmp_path / "config.yaml")


async def test_a_holiday_that_is_typed_beside_it_is_followed(program: Program) -> None:
    """And its end; a file that says nothing new is nobody's concern."""
    await program.heeds.look()
    set_holiday(program.file, HOLIDAY)
    await program.heeds.look()
    await program.heeds.look()
    set_holiday(program.file, None)
    await program.heeds.look()

    assert [Holiday(date(2026, 10, 1), date(2026, 10, 7), "小李"), None] == [
        policy.holiday for policy in program.policies
    ]


async def test_new_people_are_followed_and_nothing_else(program: Program) -> None:
    """What rings how is as it was when the program began."""
    other = TEXT.replace("小王", "王姐") + "policy: {high_value: 7}\n"
    (policy,) = await program.after(other)

    assert {"王姐": (), "小李": ()} == policy.roster.people
    assert Policy().high_value == policy.high_value


@pytest.mark.parametrize("text", ["roster: 小王\n", "{", f"{TEXT}pace: {{interval: 40s}}\n"])
async def test_what_is_wrong_or_of_no_concern_changes_nothing(program: Program, text: str) -> None:
    """Half a file while somebody writes it does not cost the roster."""
    assert [] == await program.after(text)


async def test_a_file_that_is_gone_changes_nothing(program: Program) -> None:
    """And when it is there again, it is read."""
    program.file.unlink()
    await program.heeds.look()

    assert [] == program.policies
    assert 1 == len(await program.after(f"{TEXT}holiday: {{from: 2026-10-01, to: 2026-10-07}}\n"))
