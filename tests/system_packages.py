"""What the tests need of the system beside Python, and how it gets there."""

from agent.platforms import debian
from agent.platforms.system import Say, System

PACKAGES = (
    *("chromium", "chromium-headless-shell", "fonts-noto-cjk", "fonts-noto-color-emoji"),
    *("xvfb", "openbox", "xdotool", "x11-utils"),  # a screen, its windows, and a hand
    *("dbus", "gnome-keyring"),  # a real keyring
    *("pulseaudio", "pulseaudio-utils", "sox"),  # a sound card that can be listened to
    # What Qt and its browser link to; libasound2 comes with Chromium, its name is not the same
    # in every release.
    *("libegl1", "libgl1", "libnss3", "libdbus-1-3", "libgbm1", "libxcb-cursor0"),
    *("libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-render-util0"),
    *("libxkbcommon-x11-0", "libxkbfile1", "libxcomposite1", "libxdamage1", "libxrandr2"),
    *("libxtst6", "libatomic1"),
)
PROGRAMS = ("Xvfb", "openbox", "xdotool", "xprop", "dbus-run-session", "pulseaudio", "sox")


async def provide(say: Say, system: System) -> None:
    """Install what is missing where we may; otherwise say what it is.

    Only Debian and Ubuntu can be asked for packages; on another Linux it is the programs that are
    looked for. Windows and macOS have their own screen and sound.
    """
    if system.platform != "linux":
        return
    if system.which("dpkg-query") is None:
        lacking = [name for name in PROGRAMS if system.which(name) is None]
        if lacking:
            say(f"测试还需要这些程序，请先安装：{' '.join(lacking)}")
        return
    lacking = await debian.missing(PACKAGES, system)
    if not lacking:
        return
    if debian.may_install(system):
        await debian.install(lacking, say, system)
    else:
        say(f"测试还需要这些软件，请运行：sudo apt-get install {' '.join(lacking)}")
