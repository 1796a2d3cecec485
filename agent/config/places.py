"""Where the user's files live when nobody says otherwise."""

from pathlib import Path

import platformdirs

_APP = "geshao"


def default_config_file() -> Path:
    """Return the configuration file of the person who is signed in to this computer."""
    return platformdirs.user_config_path(_APP, appauthor=False) / "config.yaml"


def default_data_folder() -> Path:
    """Return the folder for the journal and the sealed sessions of that person."""
    return platformdirs.user_data_path(_APP, appauthor=False)
