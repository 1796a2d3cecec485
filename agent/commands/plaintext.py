"""Whether a secret lies in plain text where it must not, and what then."""

from collections.abc import Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from agent.clock import SystemClock
from agent.commands.places import Places
from agent.commands.sieve import Sieve, files_below
from agent.commands.speak import progress
from agent.config import Settings
from agent.errors import GeshaoError
from agent.folder import journal_file
from agent.journal import Journal
from agent.vault import Vault

_SILENT_FOR_S = 1.0
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Leak:
    """A *file* in which secrets lie in plain text, and *what* they are, in Chinese."""

    file: Path
    what: tuple[str, ...]


def no_plain_text(
    places: Places, vault: Vault | None, settings: Settings, also: Sequence[Path]
) -> str:
    """Return how much was searched; raise GeshaoError if a secret lies there in plain text."""
    if vault is None:
        raise GeshaoError("没有查：密码和登录状态打不开。", "请先处理好上面的「密码和登录状态」。")
    roads = [road.name for road in settings.roads]
    remotes = [one.name for one in settings.browser.connect]
    secrets = chain(vault.secrets(_shops(places, settings), roads), vault.remote_secrets(remotes))
    sieve = Sieve(secrets)
    files = list(
        files_below((places.data, places.config, places.config.parent / "selectors", *also))
    )
    leaks, unread = _search(sieve, files)
    if leaks:
        named = "；".join(f"{leak.file}（{'、'.join(leak.what)}）" for leak in leaks[:_MOST_NAMED])
        more = f"等 {len(leaks)} 个" if len(leaks) > _MOST_NAMED else ""
        raise GeshaoError(
            f"有文件里写着明文：{named}{more}。",
            "请先让它失效：店铺的到平台改密码，再用 geshao login 重新登录；通道的重置机器人的"
            "网址和密钥，再用 geshao channel remove、add 重新添加；最后删掉这些文件。",
        )
    if unread:
        raise GeshaoError(
            f"有 {len(unread)} 个文件读不了，没有查，例如 {unread[0]}。",
            "请检查它们的权限，再试一次。",
        )
    short = f"；{'、'.join(sorted(sieve.too_short))}太短，没有查" if sieve.too_short else ""
    return f"{len(files)} 个文件里没有密码、密钥和登录{short}"


def _shops(places: Places, settings: Settings) -> list[str]:
    """Return the shops of which something may be kept: also those that left the configuration."""
    ids = {shop.id for shop in settings.shops}
    file = journal_file(places.data)
    if file.exists():
        try:
            with Journal.open(file) as journal:
                ids.update(journal.health())
        except GeshaoError:  # said above, with what to do
            return sorted(ids)
    return sorted(ids)


def _search(sieve: Sieve, files: Collection[Path]) -> tuple[list[Leak], list[Path]]:
    """Return where secrets lie in *files*, and what cannot be read; show it if it takes long."""
    clock, leaks, unread = SystemClock(), list[Leak](), list[Path]()
    until = clock.monotonic() + _SILENT_FOR_S
    with ExitStack() as stack:

        def show_that_it_takes_long() -> None:
            nonlocal until
            if clock.monotonic() > until:
                until = float("inf")
                stack.enter_context(progress(f"正在 {len(files)} 个文件里查找明文…"))

        for file in files:
            try:
                found = sieve.found_in(file, show_that_it_takes_long)
            except FileNotFoundError:  # a running Geshao has just put another in its place
                continue
            except OSError:
                unread.append(file)
            else:
                leaks += [Leak(file, found)] if found else []
    return leaks, unread
