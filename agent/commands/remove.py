"""`geshao shop remove`: forget a shop altogether."""

from typing import Annotated

import typer

from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.speak import tell
from agent.config import remove_shop
from agent.errors import ConfigError
from agent.folder import held, journal_file
from agent.journal import Journal


def remove(
    shop: Annotated[str, typer.Argument(metavar="SHOP", help="店铺的短名（id）。")],
    *,
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Remove a shop, with its password, its session and all that was remembered of it.

    The configuration comes last, so that what fails half-way can be repeated.
    """
    places = Places.of(config, data)
    known = [one.id for one in places.settings().shops]
    if shop not in known:
        raise ConfigError(
            f"没有名为 {shop} 的店铺。", f"现有：{'、'.join(known) or '（一家也没有）'}。"
        )
    if places.data.exists():
        with held(places.data):  # a running Geshao would write it all down again
            _forget(places, shop)
    remove_shop(places.config, shop)
    tell(f"✓ 已删除 {shop}，连同它的密码、登录状态和记录。")


def _forget(places: Places, shop: str) -> None:
    places.vault().forget(shop)
    file = journal_file(places.data)
    if file.exists():
        with Journal.open(file) as journal:
            journal.forget(shop)
