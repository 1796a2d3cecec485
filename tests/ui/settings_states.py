"""How the agent tells of the settings, for the states of their page."""

from pathlib import Path
from typing import Any

from agent.config import parse_settings
from tests.ui.state import Desk
from tests.ui.test_ui_settings import TEXT, a_stand
from ui.settings import settings_view

SET = ("山雀", "白鹭", "小王", "小李", "手机", "群")
"""Names in the settings that people gave."""


def settings(text: str = TEXT, **changes: Any) -> Desk:  # noqa: ANN401 (any field of how it stands)
    """Return an agent whose settings are *text*, with *changes* to how they stand."""
    stand = a_stand(parse_settings(text, Path("config.yaml")), **changes)
    return lambda language: {
        "settings": {"ok": True, "settings": settings_view(stand, language)},
        "change": {"ok": True, "said": "", "shop": "", "anew": False},
    }
