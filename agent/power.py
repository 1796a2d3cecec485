"""Whether this machine runs on its battery."""

import psutil
from loguru import logger


def on_battery() -> bool:
    """Tell whether the machine lives on its battery; one that cannot tell does not."""
    try:
        battery = psutil.sensors_battery()
    except (OSError, RuntimeError, AttributeError) as error:
        logger.debug("the battery does not tell: {}", error)
        return False
    return battery is not None and battery.power_plugged is False
