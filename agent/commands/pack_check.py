"""`geshao pack check`: go through a shop's live pages with its pack, and say what was found."""

import asyncio
from collections.abc import Sequence
from random import Random
from typing import Annotated

import typer

from agent.app import Plan, opened
from agent.clock import Clock, SystemClock
from agent.commands.look import JsonOption, print_json, rules_of
from agent.commands.pack_report import answer, report
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.plans import chosen_queues, only_shop, plan_for
from agent.commands.speak import note, out, progress
from agent.listing import pack_for
from agent.platforms.advice import advise
from agent.platforms.checkup import QueueChecked, check_queue
from agent.platforms.pack import Pack
from agent.platforms.reader import QueueReader


def check(
    shop: Annotated[str, typer.Argument(metavar="SHOP", help="店铺的短名（id）。")],
    queue: Annotated[
        str | None, typer.Argument(metavar="QUEUE", help="只检查这个列表；不写就检查全部。")
    ] = None,
    *,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Read each queue of a shop once, and tell step by step and field by field how that went."""
    places = Places.of(config, data)
    settings = only_shop(places.settings(), shop)
    packs = places.packs()
    names = [name for one in settings.shops for name in chosen_queues(pack_for(one, packs), queue)]
    plan = plan_for(places, settings, mute=True)
    (chosen,) = settings.shops
    checked = asyncio.run(_checked(plan, names))
    show(chosen.id, pack_for(chosen, packs), checked, as_json=as_json)
    if not all(one.reading.outcome.complete for one in checked):
        raise typer.Exit(1)


def show(shop: str, pack: Pack, checked: Sequence[QueueChecked], *, as_json: bool = False) -> None:
    """Print what was found in each queue of *shop*, as lines or as JSON."""
    verified, attached = pack.verified_on != "never", pack.attach is not None
    advised = [(one, advise(one, shop, verified=verified, attached=attached)) for one in checked]
    if as_json:
        print_json([answer(one, advice) for one, advice in advised])
        return
    mark = "⚠ " if pack.verified_on == "never" else ""
    note(f"{mark}{pack.title}的页面规则{rules_of(pack)}。")
    for one, advice in advised:
        out.print(report(one, advice))


async def _checked(plan: Plan, names: Sequence[str]) -> list[QueueChecked]:
    clock = SystemClock()
    async with opened(plan, clock, Random()) as desk:  # noqa: S311 (spreading, not secrets)
        readers = desk.only_shop().readers
        return await check_all([one for one in readers if one.name in names], clock)


async def check_all(readers: Sequence[QueueReader], clock: Clock) -> list[QueueChecked]:
    """Check one queue after the other, and show on the screen which one it is."""
    checked: list[QueueChecked] = []
    with progress("正在检查…") as say:
        for reader in readers:
            say(f"{reader.queue.title}（{len(checked) + 1}/{len(readers)}）")
            checked.append(await check_queue(reader, clock))
            await reader.close()
    return checked
