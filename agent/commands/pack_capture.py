"""`geshao pack capture`: keep a look at a shop's page for tests, with nothing personal in it."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Annotated

import typer
from playwright.async_api import Error as PlaywrightError

from agent.app import Plan, opened
from agent.cases import Outcome
from agent.clock import Clock, SystemClock
from agent.commands.pack_preview import preview, refusal
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.plans import chosen_queues, only_shop, plan_for
from agent.commands.speak import complain, input_is_a_person, note, out, progress, tell
from agent.config import ShopSettings
from agent.errors import GeshaoError
from agent.fixtures.fixture import FIXTURE_FILE
from agent.platforms.disguise import Disguised, Seen, disguised
from agent.platforms.pack import Pack
from agent.platforms.queue_page import QueuePage
from agent.platforms.reader import QueueReader
from agent.platforms.replay import first_sheet
from agent.platforms.snapshot import take_snapshot
from agent.platforms.unread import CannotRead, network_words
from agent.signing import ShopAtWork

_SEE_CHECK = "请用 geshao pack check {shop} 看是哪一步不对。"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one queue: a disguised capture, or the *trouble* in getting one."""

    title: str
    disguised: Disguised | None = None
    unread_styles: int = 0
    trouble: str = ""


def capture(
    shop: Annotated[str, typer.Argument(metavar="SHOP", help="店铺的短名（id）。")],
    queue: Annotated[
        str | None, typer.Argument(metavar="QUEUE", help="只采这个列表；不写就采全部。")
    ] = None,
    *,
    folder: Annotated[
        Path | None,
        typer.Option("--out", metavar="FOLDER", help="样本放进这里；默认在您自己的规则旁边。"),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问，没有问题就保存。")] = False,
    config: ConfigOption = None,
    data: DataOption = None,
) -> None:
    """Look at a shop's lists, put stand-ins for all that is personal, and save after a yes."""
    places = Places.of(config, data)
    settings = only_shop(places.settings(), shop)
    plan = plan_for(places, settings, mute=True)
    (chosen,) = settings.shops
    pack = plan.packs[chosen.platform]
    names = chosen_queues(pack, queue)
    home = folder or places.config.parent / "selectors" / pack.platform / "fixtures"
    saved = 0
    for taken in asyncio.run(_taken(plan, chosen, names)):
        saved += _offered(taken, home, shop, yes=yes)
    if saved < len(names):
        raise typer.Exit(1)


async def _taken(plan: Plan, chosen: ShopSettings, names: Sequence[str]) -> list[Taken]:
    clock, pack = SystemClock(), plan.packs[chosen.platform]
    once = pack
    for name in names:
        once = first_sheet(once, name)
    plan = replace(plan, packs={**plan.packs, chosen.platform: once})
    taken: list[Taken] = []
    async with opened(plan, clock, Random()) as desk:  # noqa: S311 (spreading, not secrets)
        shop = desk.only_shop()
        with progress("正在采样…") as say:
            for name in names:
                say(f"{pack.queues[name].title}（{len(taken) + 1}/{len(names)}）")
                taken.append(await _taken_of(shop, pack, name, clock))
    return taken


async def _taken_of(shop: ShopAtWork, pack: Pack, name: str, clock: Clock) -> Taken:
    title = pack.queues[name].title
    reader = QueueReader(shop.session, name, clock, lambda: None)
    try:
        reading = await reader.read()
        if reader.page is None or reading.outcome is Outcome.UNREACHABLE:
            return Taken(title, trouble=reading.detail)
        snapshot = await take_snapshot(reader.page)
        seen = Seen(
            queue=name,
            taken_at=clock.now().replace(microsecond=0),
            snapshot=snapshot,
            read=reading,
            shop=await _shop_shown(reader.page) or shop.settings.name,
            more_names=tuple(filter(None, (shop.settings.name, shop.settings.username))),
        )
    except PlaywrightError as error:
        return Taken(title, trouble=network_words(error.message))
    except TimeoutError:
        return Taken(title, trouble="页面没有反应")
    finally:
        await reader.close()
    done = await disguised(seen, pack, shop.session.pack.sites, shop.session.host, clock)
    return Taken(title, done, snapshot.unread_styles)


async def _shop_shown(page: QueuePage) -> str:
    try:
        return page.shop_shown(await page.look())
    except CannotRead:
        return ""


def _offered(taken: Taken, home: Path, shop: str, *, yes: bool) -> bool:
    """Show what was taken, and save it if nothing speaks against it and a person agrees."""
    if taken.disguised is None:
        complain(f"{taken.title}：没有打开（{taken.trouble}）。", _SEE_CHECK.format(shop=shop))
        return False
    fixture = taken.disguised.fixture
    folder = _free(home / f"{fixture.queue}_{fixture.expected.outcome}")
    out.print(preview(taken.title, taken.disguised, taken.unread_styles, folder))
    if (reason := refusal(taken.disguised)) is not None:
        complain(*reason)
        return False
    if not (yes or _agreed()):
        note("没有保存。")
        return False
    fixture.write(folder)
    tell(f"✓ 已保存：{folder}")
    return True


def _agreed() -> bool:
    if not input_is_a_person():
        raise GeshaoError("没有人来确认，所以没有保存。", "看过上面的内容后，加上 --yes 再运行。")
    return typer.confirm("上面就是将要公开的内容。保存吗？")


def _free(folder: Path) -> Path:
    """Return *folder*, or the first of its name with a number that holds no fixture yet."""
    return next(place for place in _candidates(folder) if not (place / FIXTURE_FILE).exists())


def _candidates(folder: Path) -> Iterator[Path]:
    yield folder
    number = 2
    while True:
        yield folder.with_name(f"{folder.name}_{number}")
        number += 1
