"""The user's settings: read from YAML, checked to the last key, edited without losing a comment."""

from agent.config.edit import add_shop, remove_shop, write_first_config
from agent.config.places import default_config_file, default_data_folder
from agent.config.reading import parse_settings, read_settings, read_shop
from agent.config.settings import (
    BandsSettings,
    BrowserSettings,
    ChannelsSettings,
    DesktopSettings,
    HeartbeatSettings,
    LoudnessSettings,
    NightSettings,
    PaceSettings,
    PolicySettings,
    Settings,
    ShopSettings,
    SoundSettings,
)

__all__ = [
    "BandsSettings",
    "BrowserSettings",
    "ChannelsSettings",
    "DesktopSettings",
    "HeartbeatSettings",
    "LoudnessSettings",
    "NightSettings",
    "PaceSettings",
    "PolicySettings",
    "Settings",
    "ShopSettings",
    "SoundSettings",
    "add_shop",
    "default_config_file",
    "default_data_folder",
    "parse_settings",
    "read_settings",
    "read_shop",
    "remove_shop",
    "write_first_config",
]
