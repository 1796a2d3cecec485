"""Which of the ways to start with the session is this machine's."""

from importlib import import_module
from pathlib import Path
from typing import cast

from platformdirs.unix import Unix

from agent.autostart.entry import Ask, Autostart
from agent.autostart.launch_agent import LaunchAgent
from agent.autostart.run_key import RunKey, Winreg
from agent.autostart.xdg import XdgAutostart


def autostart_on(platform: str, ask: Ask) -> Autostart:
    """Return where the user's entry stands on *platform*, spelled as in `sys.platform`."""
    if platform == "win32":
        return RunKey(cast("Winreg", import_module("winreg")))
    if platform == "darwin":
        return LaunchAgent(Path.home() / "Library" / "LaunchAgents", ask)
    return XdgAutostart(Path(Unix().user_config_dir) / "autostart")
