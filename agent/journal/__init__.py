"""What Geshao remembers: cases, what people did about them, alerts and their deliveries."""

from agent.journal.alerts import LONGEST_PAUSE, ChannelHealth
from agent.journal.drills import DrillEnd, DrillNote
from agent.journal.history import Act, Entry
from agent.journal.journal import Journal

__all__ = ["LONGEST_PAUSE", "Act", "ChannelHealth", "DrillEnd", "DrillNote", "Entry", "Journal"]
