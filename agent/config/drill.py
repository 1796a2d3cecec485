"""Whether a drill is wanted each week, and when."""

from pydantic import Field

from agent.config.section import Section
from agent.config.values import TimeOfDay, Weekday


class DrillSettings(Section):
    """The day of each week, and the time by the clock of this machine, of a drill."""

    day: Weekday = Field(title="星期几：mon、tue、wed、thu、fri、sat、sun")
    at: TimeOfDay = Field(title="几点，例如 10:00")
