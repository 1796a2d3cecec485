"""The user's settings: read from YAML, checked to the last key, edited without losing a comment."""

from agent.config.channels import (
    ChannelsSettings,
    DesktopSettings,
    SoundSettings,
    ToneSettings,
)
from agent.config.drill import DrillSettings
from agent.config.edit import (
    add_road,
    add_shop,
    line_of,
    remove_road,
    remove_shop,
    set_holiday,
    set_value,
    set_values,
    write_first_config,
)
from agent.config.loudness import EscalationSettings, LoudnessSettings
from agent.config.nested import as_written
from agent.config.places import default_config_file, default_data_folder
from agent.config.policy import BandsSettings, OverrideSettings, PolicySettings
from agent.config.reading import (
    parse_settings,
    read_holiday,
    read_road,
    read_settings,
    read_shop,
)
from agent.config.remotes import (
    BrowserSettings,
    RemoteSettings,
    RemoteType,
    check_address,
    type_of,
)
from agent.config.roads import ROAD_TYPES, RoadSettings, RoadType
from agent.config.roster import HolidaySettings, RosterSettings
from agent.config.settings import (
    HeartbeatSettings,
    NightSettings,
    PaceSettings,
    Settings,
    ShopSettings,
)
from agent.config.triage import TriageSettings, shipped_lexicon

__all__ = [
    "ROAD_TYPES",
    "BandsSettings",
    "BrowserSettings",
    "ChannelsSettings",
    "DesktopSettings",
    "DrillSettings",
    "EscalationSettings",
    "HeartbeatSettings",
    "HolidaySettings",
    "LoudnessSettings",
    "NightSettings",
    "OverrideSettings",
    "PaceSettings",
    "PolicySettings",
    "RemoteSettings",
    "RemoteType",
    "RoadSettings",
    "RoadType",
    "RosterSettings",
    "Settings",
    "ShopSettings",
    "SoundSettings",
    "ToneSettings",
    "TriageSettings",
    "add_road",
    "add_shop",
    "as_written",
    "check_address",
    "default_config_file",
    "default_data_folder",
    "line_of",
    "parse_settings",
    "read_holiday",
    "read_road",
    "read_settings",
    "read_shop",
    "remove_road",
    "remove_shop",
    "set_holiday",
    "set_value",
    "set_values",
    "shipped_lexicon",
    "type_of",
    "write_first_config",
]
