"""What is asked of Debian's package manager."""

import pytest

from agent.platforms import debian
from tests.platforms.made_up_system import MadeUpSystem

APT = "/usr/bin/apt-get"


@pytest.mark.parametrize(
    ("system", "may"),
    [
        (MadeUpSystem(APT, is_root=True), True),
        (MadeUpSystem(APT), False),
        (MadeUpSystem(is_root=True), False),
        (MadeUpSystem(APT, is_root=True, platform="darwin"), False),
    ],
)
def test_may_install(system: MadeUpSystem, may: bool) -> None:  # noqa: FBT001 (a column of the table)
    """Only root, on Linux, with apt at hand, installs packages."""
    assert may == debian.may_install(system)


async def test_missing_keeps_the_order() -> None:
    """Packages that dpkg does not list as installed are missing."""
    system = MadeUpSystem(installed=("b",))

    assert ["c", "a"] == await debian.missing(["c", "b", "a"], system)


async def test_install_leaves_unknown_names_out() -> None:
    """One name that the distribution lacks does not stop the others."""
    told: list[str] = []
    system = MadeUpSystem(packages={"b": "/usr/bin/b"})

    assert await debian.install(["a", "b"], told.append, system)
    assert "/usr/bin/b" in system.programs
    assert "系统的软件源里没有 a。" in told


async def test_install_of_nothing_known() -> None:
    """With no package to be had, nothing is installed and nothing claimed."""
    system = MadeUpSystem(packages={})

    assert not await debian.install(["a"], lambda _line: None, system)
    assert not any(" install " in command for command in system.commands)


async def test_a_failed_install_says_why() -> None:
    """The package manager's own reason is told."""
    told: list[str] = []
    system = MadeUpSystem(packages={"a": "/usr/bin/a"}, refuses=True)

    assert not await debian.install(["a"], told.append, system)
    assert "系统软件没有装成：E: Could not get lock" == told[-1]
