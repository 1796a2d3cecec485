"""Whether this machine runs on its battery, and how full that is."""

import psutil
from loguru import logger

from agent.machine import Battery


def battery() -> Battery | None:
    """Return what the battery says, None where there is none or the system cannot tell."""
    try:
        found = psutil.sensors_battery()
    except (OSError, RuntimeError, AttributeError) as error:
        logger.debug("the battery does not tell: {}", error)
        return None
    if found is None:
        return None
    known = found.percent is not None and 0 <= found.percent <= 100  # noqa: PLR2004 (of a hundred)
    return Battery(round(found.percent) if known else None, used=found.power_plugged is False)


def on_battery() -> bool:
    """Tell whether the machine lives on its battery; one that cannot tell does not."""
    found = battery()
    return found is not None and found.used
