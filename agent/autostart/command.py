"""The command that starts the program from whatever folder a session begins in."""

from importlib import metadata
from pathlib import Path

from agent.errors import GeshaoError

_DISTRIBUTION = "geshao"


def starting(platform: str, python: str, *words: str) -> tuple[str, ...]:
    """Return what starts Geshao with *words* by the interpreter *python*.

    Raises GeshaoError if that interpreter only finds it in the folder where it stands just now.
    """
    try:
        metadata.distribution(_DISTRIBUTION)
    except metadata.PackageNotFoundError as error:
        raise GeshaoError(
            f"鸽哨没有装进 {python}，换一个文件夹就启动不了。",
            "请在它的文件夹里运行 python3 -m uv run geshao autostart on，或先用 pip 安装。",
        ) from error
    # Without -P whatever is called `agent` in the folder where the session begins would be run.
    return (str(_silent(platform, Path(python))), "-P", "-m", "agent", *words)


def _silent(platform: str, python: Path) -> Path:
    """Return the interpreter that opens no console of its own, where there are two."""
    silent = python.with_name("pythonw.exe")
    return silent if platform == "win32" and silent.is_file() else python
