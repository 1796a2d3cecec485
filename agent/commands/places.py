"""Where a command finds the user's things: configuration, data, packs, secrets."""

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from agent.commands.speak import input_is_a_person
from agent.config import Settings, default_config_file, default_data_folder, read_settings
from agent.errors import VaultLocked
from agent.platforms.pack import Pack
from agent.platforms.shelf import find_packs
from agent.vault import PASSPHRASE_VARIABLE, Vault

ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="配置文件；默认在用户配置目录。")
]
DataOption = Annotated[Path | None, typer.Option("--data", help="数据目录；默认在用户数据目录。")]


@dataclass(frozen=True, slots=True)
class Places:
    """The user's configuration file and data folder."""

    config: Path
    data: Path

    @classmethod
    def of(cls, config: Path | None, data: Path | None = None) -> "Places":
        """Return the places named on the command line, or the usual ones."""
        return cls(config or default_config_file(), data or default_data_folder())

    def packs(self) -> Mapping[str, Pack]:
        """Return the packs: shipped ones, and the user's own beside the configuration.

        Raises PackError.
        """
        return find_packs(self.config.parent / "selectors")

    def settings(self) -> Settings:
        """Return what the user set. Raises ConfigError, PackError."""
        return read_settings(self.config, platforms=self.packs().keys())

    def vault(self) -> Vault:
        """Return the user's secrets. Raises VaultLocked."""
        is_new = not (self.data / "vault.json").exists()
        return Vault.open(self.data, lambda: ask_passphrase(is_new=is_new))


def ask_passphrase(*, is_new: bool) -> str:
    """Return the passphrase from the environment or from the person, who types a new one twice.

    Raises VaultLocked if neither is there.
    """
    given = os.environ.get(PASSPHRASE_VARIABLE)
    if given:
        return given
    if not input_is_a_person():
        raise VaultLocked(
            "这台电脑没有系统钥匙串，需要口令来加密登录信息。",
            f"请在终端里运行，或设置环境变量 {PASSPHRASE_VARIABLE}。",
        )
    if not is_new:
        return getpass.getpass("请输入加密口令：")
    typed = getpass.getpass("这台电脑没有系统钥匙串。请设一个加密口令，以后每次启动都要输入：")
    if getpass.getpass("再输一次：") != typed:
        raise VaultLocked("两次输入的口令不一样。", "请再试一次。")
    return typed
