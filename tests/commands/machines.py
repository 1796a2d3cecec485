"""A machine made up for the doctor: what its programs say, and nothing else."""

from collections.abc import Mapping
from pathlib import Path

from agent.platforms.system import NOT_FOUND, Ran, Say


class Machine:
    """A machine (`agent.platforms.system.System`) on which commands say what they are told to."""

    is_root = False

    def __init__(self, platform: str = "linux", said: Mapping[str, str] | None = None) -> None:
        self.platform = platform
        self.env: Mapping[str, str] = {}
        self.asked: list[str] = []
        self._said = said or {}

    def which(self, name: str) -> Path | None:
        """Return a place for what is heard of in the commands."""
        return Path("/bin", name) if any(one.startswith(name) for one in self._said) else None

    def is_program(self, path: Path) -> bool:
        """Tell whether it is heard of in the commands."""
        return self.which(path.name) is not None

    def find(self, folder: Path, pattern: str) -> list[Path]:
        """Find nothing."""
        del folder, pattern
        return []

    async def run(self, *command: str | Path, say: Say | None = None) -> Ran:
        """Say what the beginning of *command* says; it is not there if nothing begins so."""
        del say
        words = " ".join(map(str, command))
        self.asked.append(words)
        for beginning, said in self._said.items():
            if words.startswith(beginning):
                return Ran(0, tuple(said.splitlines()))
        return Ran(NOT_FOUND)

    async def playwright_chromium(self) -> Path:
        """Return a place where nothing is."""
        return Path("/nowhere")
