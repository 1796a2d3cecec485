"""What the command that checks everything needs of the system."""

import pytest

from tests.platforms.made_up_system import MadeUpSystem
from tests.system_packages import PACKAGES, PROGRAMS, provide

DEBIAN = ("/usr/bin/dpkg-query", "/usr/bin/apt-get")
ON_PATH = tuple(f"/usr/bin/{name}" for name in PROGRAMS)
ALL_BUT_SOX = tuple(name for name in PACKAGES if name != "sox")


@pytest.mark.parametrize(
    ("system", "said"),
    [
        (MadeUpSystem(platform="win32"), []),
        (MadeUpSystem(*DEBIAN, installed=PACKAGES), []),
        (
            MadeUpSystem(*DEBIAN, installed=ALL_BUT_SOX),
            ["测试还需要这些软件，请运行：sudo apt-get install sox"],
        ),
        (
            MadeUpSystem(
                *DEBIAN, installed=ALL_BUT_SOX, is_root=True, packages={"sox": "/usr/bin/sox"}
            ),
            [
                "正在更新系统的软件列表……",
                "正在用系统的软件源安装：sox……",
                "正在安装 40%",
            ],
        ),
        (MadeUpSystem(*ON_PATH), []),
        (MadeUpSystem(*ON_PATH[:-1]), ["测试还需要这些程序，请先安装：sox"]),
    ],
)
async def test_system_packages(system: MadeUpSystem, said: list[str]) -> None:
    """Only what is missing is installed, or named where we may not install."""
    heard: list[str] = []
    await provide(heard.append, system)

    assert said == heard
