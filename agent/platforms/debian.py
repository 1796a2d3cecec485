"""What the package manager of Debian and Ubuntu can put on this machine."""

import re
from collections.abc import Callable, Iterable

from agent.platforms.system import Say, System

_APT_GET = ("apt-get", "-o", "DPkg::Lock::Timeout=120")  # seconds: a new machine updates itself
_STATUS = re.compile(r"(dl|pm)status:[^:]*:(\d+)")
_PHASES = {"dl": "正在下载", "pm": "正在安装"}


def may_install(system: System) -> bool:
    """Tell whether there is such a package manager and we have the right to use it."""
    return system.platform == "linux" and system.is_root and system.which("apt-get") is not None


async def missing(packages: Iterable[str], system: System) -> list[str]:
    """Return those of *packages* that are not installed, in their order."""
    wanted = list(packages)
    ran = await system.run("dpkg-query", "-W", "-f=${Package} ${db:Status-Status}\\n", *wanted)
    return [package for package in wanted if f"{package} installed" not in ran.lines]


async def install(packages: Iterable[str], progress: Say, system: System) -> bool:
    """Install those of *packages* that the distribution has; return whether that went well.

    False as well if it has none of them. *progress* is told in steps of ten per cent.
    """
    wanted = list(packages)
    progress("正在更新系统的软件列表……")
    await system.run(*_APT_GET, "update")
    known = await _known(wanted, system)
    for package in wanted:
        if package not in known:
            progress(f"系统的软件源里没有 {package}。")
    if not known:
        return False
    progress(f"正在用系统的软件源安装：{'、'.join(known)}……")
    ran = await system.run(
        *(*_APT_GET, "-o", "APT::Status-Fd=1"),
        *("install", "-y", "--no-install-recommends", *known),
        say=_percentages(progress),
    )
    if ran.code != 0:
        progress("系统软件没有装成：" + next((x for x in ran.lines if x.startswith("E:")), ""))
    return ran.code == 0


async def _known(packages: list[str], system: System) -> list[str]:
    """Return those of *packages* that can be installed; apt refuses all for one unknown name."""
    ran = await system.run("apt-cache", "madison", *packages)
    names = {line.split("|")[0].strip() for line in ran.lines if "|" in line}
    return [package for package in packages if package in names]


def _percentages(progress: Say) -> Callable[[str], None]:
    said: set[str] = set()

    def hear(line: str) -> None:
        status = _STATUS.match(line)
        if status is None:
            return
        sentence = f"{_PHASES[status[1]]} {int(status[2]) // 10 * 10}%"
        if sentence not in said:
            said.add(sentence)
            progress(sentence)

    return hear
