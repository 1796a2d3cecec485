"""A shop with all that belongs to it: its place in the file, its password, its records."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar

from agent.config import ShopSettings, add_shop, read_shop, remove_shop
from agent.folder import journal_file
from agent.journal import Journal
from agent.platforms.pack import Pack
from agent.vault import Vault

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


def wipe(folder: Path, vault: Callable[[], Vault], shop: str) -> list[str]:
    """Wipe what the data *folder* has of *shop*; return what there was, in Chinese.

    No program may be at work there: it would write it all down again. The *vault* is opened only
    if there is one. Raises GeshaoError.
    """
    return [*_secrets(folder, vault, shop), *_records(folder, shop)]


def _secrets(folder: Path, vault: Callable[[], Vault], shop: str) -> list[str]:
    if not (folder / "vault.json").exists():
        return []
    opened = vault()
    kept = opened.keeps(shop)
    opened.forget(shop)
    return [name for name, was in (("密码", kept.password), ("登录状态", kept.session)) if was]


def _records(folder: Path, shop: str) -> list[str]:
    file = journal_file(folder)
    if not file.exists():
        return []
    with Journal.open(file) as journal:
        was_read = shop in journal.health()
        cases = journal.forget(shop)
    return [f"记录（{cases} 件待办）"] if was_read or cases else []
