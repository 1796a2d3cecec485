"""A machine on which everything can be there, be missing or be refused."""

import sys
from collections.abc import Mapping
from pathlib import Path

from agent.platforms.browser import driver_command
from agent.platforms.system import Ran, Say

NODE = driver_command()[0]

OWN = "/cache/chromium-1255/chrome-linux64/chrome"
FONT = "fonts-noto-cjk"


class MadeUpSystem:
    """A machine with the *programs* named, of which the *broken* do not start.

    *download* is what Playwright fetches and *packages* what the distribution has, as paths that
    are there afterwards; nothing of them means that it is refused. *installed* is what dpkg lists;
    with *refuses* apt fails whatever it is asked for. Without *driver*, Playwright's does not run.
    """

    def __init__(
        self,
        *programs: str,
        platform: str = "linux",
        env: Mapping[str, str] | None = None,
        is_root: bool = False,
        broken: tuple[str, ...] = (),
        download: tuple[str, ...] = (),
        packages: Mapping[str, str] | None = None,
        installed: tuple[str, ...] = (),
        refuses: bool = False,
        driver: bool = True,
        fonts: tuple[str, ...] = ("Noto Sans CJK SC",),
    ) -> None:
        self.platform = platform
        self.env: Mapping[str, str] = env or {}
        self.is_root = is_root
        self.programs = set(programs)
        self.broken = broken
        self.download = download
        self.packages = packages or {}
        self.installed = installed
        self.refuses = refuses
        self.driver = driver
        self.fonts = fonts
        self.commands: list[str] = []

    def which(self, name: str) -> Path | None:
        """Look in /usr/bin."""
        path = f"/usr/bin/{name}"
        return Path(path) if path in self.programs else None

    def is_program(self, path: Path) -> bool:
        """Look among the programs."""
        return str(path) in self.programs

    def find(self, folder: Path, pattern: str) -> list[Path]:
        """Look among the programs."""
        return sorted(p for p in map(Path, self.programs) if p.match(f"{folder}/{pattern}"))

    async def playwright_chromium(self) -> Path:
        """Name the place in a cache."""
        return Path(OWN)

    async def run(self, *command: str | Path, say: Say | None = None) -> Ran:
        """Answer as the programs would, and change the machine as they would."""
        words = [str(word) for word in command]
        self.commands.append(" ".join(words))
        if words[:3] == [sys.executable, "-m", "playwright"]:
            return self._download(say)
        if words[1:] == ["--version"]:
            return self._start(words[0])
        if words[0] == "apt-cache":
            return Ran(0, tuple(f" {x} | 1.0 | main" for x in words[2:] if x in self.packages))
        if words[0] == "dpkg-query":
            return Ran(1, tuple(f"{name} installed" for name in self.installed))
        if "install" in words:
            return self._install(words[words.index("install") + 1 :], say)
        return Ran(0, self.fonts if words[0] == "fc-list" else ())

    def _start(self, program: str) -> Ran:
        if program == NODE and not self.driver:
            return Ran(127, ("no libatomic.so.1",))
        return Ran(1 if program in self.broken else 0)

    def _download(self, say: Say | None) -> Ran:
        assert say is not None

        if not self.download:
            say("Error: getaddrinfo ENOTFOUND")
            return Ran(1, ("Failed to install browsers",))
        say("|■■■■      |  40% of 160.4 MiB")
        self.programs.update(self.download)
        return Ran(0)

    def _install(self, words: list[str], say: Say | None) -> Ran:
        assert say is not None

        names = [word for word in words if not word.startswith("-")]
        if self.refuses:
            return Ran(100, ("Reading package lists...", "E: Could not get lock"))
        if any(name not in self.packages for name in names):
            return Ran(100, ("E: Unable to locate package",))
        say("pmstatus:chromium:45.2:Installing chromium (amd64)")
        self.programs.update(self.packages[name] for name in names)
        self.driver = self.driver or "libatomic1" in names
        self.fonts = ("Noto Sans CJK SC",) if FONT in names else self.fonts
        return Ran(0)
