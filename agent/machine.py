"""What the program takes of this machine, and what the machine lives on, as last measured."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Memory:
    """The memory of this program, its browser and the browser's driver in MB, None: not known."""

    program_mb: float | None = None
    browser_mb: float | None = None
    driver_mb: float | None = None


@dataclass(frozen=True, slots=True)
class Battery:
    """How full the battery is, None if it does not tell, and whether the machine lives on it."""

    percent: int | None
    used: bool


@dataclass(frozen=True, slots=True)
class Machine:
    """What was measured *at* that moment; *battery* is None where there is none, or none tells."""

    at: datetime
    memory: Memory
    battery: Battery | None
