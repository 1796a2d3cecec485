"""What starts the program with the user's session: one entry of our own, as each system has it."""

from agent.autostart.command import starting
from agent.autostart.entry import Ask, Autostart, Entry
from agent.autostart.here import autostart_on
from agent.autostart.launch_agent import LaunchAgent
from agent.autostart.run_key import RunKey, Winreg
from agent.autostart.xdg import XdgAutostart

__all__ = [
    "Ask",
    "Autostart",
    "Entry",
    "LaunchAgent",
    "RunKey",
    "Winreg",
    "XdgAutostart",
    "autostart_on",
    "starting",
]
