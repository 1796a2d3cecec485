"""`geshao run` and `geshao login`: the work in earnest."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Annotated

import typer

from agent.app import Plan, opened
from agent.cases import Tier
from agent.channels.channel import Notice
from agent.channels.desktop import Desktop
from agent.clock import Clock, SystemClock
from agent.commands.face import (
    EventsOption,
    Face,
    MuteOption,
    NoWindowOption,
    ScreenshotOption,
    VerboseOption,
)
from agent.commands.places import ConfigOption, DataOption, Places
from agent.commands.plans import only_shop, plan_for
from agent.commands.runs import Runs
from agent.commands.speak import in_brief, input_is_a_person, note, tell
from agent.config import Settings, write_first_config
from agent.errors import AlreadyRunning, ChannelRefused, GeshaoError
from agent.folder import call, is_calling, was_called
from agent.platforms.awaited import AwaitedBrowser
from agent.platforms.scan import Show
from agent.platforms.window import check_window
from agent.settings.starting import words_of
from agent.signing import sign_in_by_hand, sign_in_by_scan
from ui.opening import Opening

_HEARD_WITHIN_S = 5.0
_LOOK_S = 0.05


def run(
    *,
    config: ConfigOption = None,
    data: DataOption = None,
    no_window: NoWindowOption = False,
    events: EventsOption = None,
    screenshot: ScreenshotOption = None,
    mute: MuteOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Watch every shop until somebody ends it."""
    places, clock = Places.of(config, data), SystemClock()
    with _seen_by_somebody():
        face = Face.wanted(
            no_window=no_window,
            events=events,
            verbose=verbose,
            language="zh",
            picture=screenshot,
            folder=places.data,
        )
        if face.window and config is None and not places.config.exists():
            write_first_config(places.config, face.language)  # all can be set in the window
        settings = places.settings()
        face = replace(face, language=settings.language)
        opening = face.opening(clock)
        browser = _awaited(settings, opening) if opening else None
        try:
            plan = plan_for(
                places,
                settings,
                events=events,
                mute=mute,
                verbose=verbose,
                browser=browser,
                may_be_empty=face.window,
            )
        except AlreadyRunning:
            if not face.window or not _calls_the_other(places.data, clock):
                raise
            tell("✓ 鸽哨已经在运行，它的小窗已经显示出来。")
            return
        runs = Runs(places, plan, settings, clock, mute=mute, words=words_of(config, data))
        face.show(runs.opened, clock, opening=opening, renewal=runs.renewal)


def _awaited(settings: Settings, opening: Opening) -> AwaitedBrowser:
    """Return the browser that *opening* shows the wait for; remote ones need none here."""
    own = settings.browser
    return AwaitedBrowser(own.path, opening, needed=not own.connect)


@contextmanager
def _seen_by_somebody() -> Iterator[None]:
    """Show on the desktop what ended a run that nobody typed: at log-in no terminal is there."""
    try:
        yield
    except Exception as error:
        if not input_is_a_person():
            lines = tuple(filter(None, in_brief(error)))
            with suppress(ChannelRefused):  # no desktop either: the exit code is left
                asyncio.run(Desktop().deliver(Notice(Tier.URGENT, "鸽哨退出了", lines)))
        raise


def _calls_the_other(folder: Path, clock: Clock) -> bool:
    """Ask the program that holds *folder* for its window; tell whether it came."""
    call(folder)
    return not asyncio.run(_unheard(folder, clock))


async def _unheard(folder: Path, clock: Clock) -> bool:
    """Tell whether nobody hears the call within a moment; it is then taken back."""
    end = clock.monotonic() + _HEARD_WITHIN_S
    while is_calling(folder) and clock.monotonic() < end:
        await clock.sleep(_LOOK_S)
    return was_called(folder)


def login(
    shop: Annotated[str, typer.Argument(metavar="SHOP", help="店铺的短名（id）。")],
    *,
    code: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="不开窗口：把要扫的二维码存成这个图片，过期会换新的。"),
    ] = None,
    config: ConfigOption = None,
    data: DataOption = None,
    verbose: VerboseOption = False,
) -> None:
    """Let the person sign in to one shop in a browser window, which then closes by itself."""
    places = Places.of(config, data)
    settings = places.settings()
    only = only_shop(settings, shop)
    plan = plan_for(places, only, mute=True, verbose=verbose)
    if not asyncio.run(_sign_in(plan) if code is None else _scan(plan, code)):
        what = "窗口就关闭了" if code is None else "一直没有人扫码"
        raise GeshaoError(f"没有登录成功，{what}。", f"再试一次：geshao login {shop}")
    tell(f"✓ {only.shops[0].name} 已登录，可以监看了。")


async def _sign_in(plan: Plan) -> bool:
    clock = SystemClock()
    async with opened(plan, clock, Random()) as desk:  # noqa: S311 (spreading, not secrets)
        check_window(desk.host)
        await desk.only_shop().session.host.browser()  # our own reading tells when it is done
        note("请在打开的浏览器窗口里登录，完成后窗口会自己关上。")
        return await sign_in_by_hand(desk.only_shop(), clock, say=note)


async def _scan(plan: Plan, file: Path) -> bool:
    clock = SystemClock()
    async with opened(plan, clock, Random()) as desk:  # noqa: S311 (spreading, not secrets)
        return await sign_in_by_scan(desk.only_shop(), clock, _into(file))


def _into(file: Path) -> Show:
    """Return what keeps the newest code in *file*; whoever looks never sees half of one."""

    def show(picture: bytes) -> None:
        if not picture:
            return  # spent; the next one takes its place in a moment
        new = file.with_name(f"{file.name}.new")
        new.write_bytes(picture)
        new.replace(file)
        note(f"请用手机扫 {file} 里的二维码（过期会换新的）。")

    return show
