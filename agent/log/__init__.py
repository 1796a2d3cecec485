"""How the log is written, and what neither it nor any message that leaves may say."""

from agent.log.masks import conceal, mask, masked_name
from agent.log.writing import console_taken, set_up

__all__ = ["conceal", "console_taken", "mask", "masked_name", "set_up"]
