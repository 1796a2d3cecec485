"""The packs that are shipped, read once: they are never changed, and there are many of them."""

from agent.platforms.shelf import find_packs

PACKS = find_packs()
