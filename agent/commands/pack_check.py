"""`geshao pack check`: go through a shop's live pages with its pack, and say what was found."""

import asyncio
from collections.abc import Sequence
from random import Random
from typing import Annotated

import typer

from agent.app import Plan, opened
from agent.clock import Clock, SystemClock
from agent.commands.look import JsonOption, print_json
from agent.commands.pack_report import answer, report
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.plans import only_shop, plan_for
from agent.commands.speak import note, out, progress
from agent.errors import ConfigError
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
    for one in settings.shops:
        _known(pack_for(one, packs), queue)
    plan = plan_for(places, settings, mute=True)
    (chosen,) = settings.shops
    checked = asyncio.run(_checked(plan, queue))
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
    _say_how_sure(pack)
    for one, advice in advised:
        out.print(report(one, advice))


def _say_how_sure(pack: Pack) -> None:
    guesses = pack.guesses()
    guessed = f"，有 {guesses} 处是猜的" if guesses else ""
    if pack.verified_on == "never":
        note(f"⚠ {pack.title}的页面规则还没有在真实后台验证过{guessed}。")
    else:
        note(f"{pack.title}的页面规则 {pack.verified_on} 验证过{guessed}。")


def _known(pack: Pack, queue: str | None) -> None:
    if queue is not None and queue not in pack.queues:
        known = "、".join(pack.queues)
        raise ConfigError(f"{pack.title}没有名为 {queue} 的列表。", f"现有：{known}。")


async def _checked(plan: Plan, queue: str | None) -> list[QueueChecked]:
    clock = SystemClock()
    async with opened(plan, clock, Random()) as desk:  # noqa: S311 (spreading, not secrets)
        readers = desk.only_shop().readers
        return await check_all([one for one in readers if queue in {None, one.name}], clock)


async def check_all(readers: Sequence[QueueReader], clock: Clock) -> list[QueueChecked]:
    """Check one queue after the other, and show on the screen which one it is."""
    checked: list[QueueChecked] = []
    with progress("正在检查…") as say:
        for reader in readers:
            say(f"{reader.queue.title}（{len(checked) + 1}/{len(readers)}）")
            checked.append(await check_queue(reader, clock))
            await reader.close()
    return checked
