"""`geshao shop remove`: forget a shop altogether."""

from contextlib import nullcontext
from typing import Annotated

import typer

from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.speak import note, tell
from agent.config import remove_shop
from agent.errors import ConfigError
from agent.folder import held, journal_file
from agent.settings.wiping import wipe


def remove(
    shop: Annotated[str, typer.Argument(metavar="SHOP", help="店铺的短名（id）。")],
    *,
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Remove a shop, with its password, its session and all that was remembered of it.

    One that is no longer in the configuration is removed from the data folder. The configuration
    comes first, since it may refuse; what fails after it can be repeated.
    """
    places = Places.of(config, data)
    known = [one.id for one in places.settings().shops]
    listed = ["配置"] if shop in known else []
    # A running Geshao would write it all down again.
    with held(places.data) if places.data.exists() else nullcontext():
        if listed:
            remove_shop(places.config, shop)
        wiped = [*wipe(places.data, places.vault, shop), *listed]
    if not wiped:
        raise ConfigError(
            f"没有名为 {shop} 的店铺，数据目录里也没有它的东西。",
            f"现有：{'、'.join(known) or '（一家也没有）'}。",
        )
    tell(f"✓ 已删除 {shop}：{'、'.join(wiped)}。")
    _mention_damaged(places)


def _mention_damaged(places: Places) -> None:
    file = journal_file(places.data)
    damaged = sorted(places.data.glob(f"{file.stem}.damaged-*{file.suffix}"))
    if damaged:
        note("→ 损坏后留底的记录里可能还有它的内容，不需要就删掉：" + "、".join(map(str, damaged)))
