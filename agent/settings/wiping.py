"""What is left of a shop that is watched no more: its password, its session, its records."""

from collections.abc import Callable
from pathlib import Path

from agent.folder import journal_file
from agent.journal import Journal
from agent.vault import Vault


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
