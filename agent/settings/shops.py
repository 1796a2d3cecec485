"""A shop with what opens it: its place in the file, and its password."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar

from agent.config import ShopSettings, add_shop, read_shop, remove_shop
from agent.platforms.pack import Pack

_Result = TypeVar("_Result")


def new_shop(words: Mapping[str, Any], packs: Mapping[str, Pack]) -> ShopSettings:
    """Return the shop that a person described in *words*, by the keys of the file.

    Raises ConfigError, PackError.
    """
    shop = read_shop(words, packs.keys())
    packs[shop.platform].at(shop.sites)
    return shop


def put_shop(file: Path, shop: ShopSettings, keep: Callable[[], _Result]) -> _Result:
    """Add *shop* to *file*, and *keep* what opens it: both, or neither. Raises GeshaoError."""
    add_shop(file, shop)
    try:
        return keep()
    except BaseException:
        remove_shop(file, shop.id)
        raise


def free_id(platform: str, taken: Collection[str]) -> str:
    """Return a short name for a shop of *platform* that is not *taken*."""
    number, name = 1, platform
    while name in taken:
        number += 1
        name = f"{platform}-{number}"
    return name
