"""A passphrase as the key: how it is derived, checked, and what it keeps in a file."""

import json
import secrets
from pathlib import Path
from typing import Annotated, Self

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from loguru import logger
from pydantic import BaseModel, ConfigDict, Field

from agent.errors import VaultLocked
from agent.vault.sealed import KEY_BYTES, seal, unseal, write_private

PASSPHRASE_VARIABLE = "GESHAO_PASSPHRASE"  # noqa: S105 (its name, not its content)

_LOG2_COST = 17  # with blocks of 8: 128 MB and about half a second, for each guess
_BLOCK_SIZE = 8
_PARALLEL = 1
_SALT_BYTES = 16
_CHECK = "passphrase"
_PASSWORDS = "passwords"


class Lock(BaseModel):
    """What must be stored to turn a passphrase into its key again, and to know the right one.

    The bounds keep a damaged file from asking for all of the machine's memory.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, ser_json_bytes="base64", val_json_bytes="base64"
    )

    salt: Annotated[bytes, Field(min_length=_SALT_BYTES)]
    log2_cost: Annotated[int, Field(ge=14, le=20)]
    block_size: Annotated[int, Field(ge=8, le=16)]
    parallel: Annotated[int, Field(ge=1, le=4)]
    check: bytes

    @classmethod
    def around(cls, passphrase: str) -> tuple[Self, bytes]:
        """Return a new lock that *passphrase* opens, and its key; raises VaultLocked if empty."""
        if not passphrase:
            raise VaultLocked("口令是空的。", "请设一个口令再试。")
        salt = secrets.token_bytes(_SALT_BYTES)
        parameters = {"log2_cost": _LOG2_COST, "block_size": _BLOCK_SIZE, "parallel": _PARALLEL}
        key = _derived(passphrase, salt, **parameters)
        lock = cls(salt=salt, check=seal(key, _CHECK, salt), **parameters)
        return lock, key

    def opened(self, passphrase: str) -> bytes:
        """Return the key; raises VaultLocked if *passphrase* is not the one."""
        key = _derived(passphrase, self.salt, self.log2_cost, self.block_size, self.parallel)
        if unseal(key, _CHECK, self.check) != self.salt:
            raise VaultLocked(
                "口令不对。",
                "请重新输入；忘记了，就删除数据目录里的 vault.json，设新口令，再重新登录各店。",
            )
        return key


class PassphraseFile:
    """Keeps the passwords in a file in *folder*, encrypted under the passphrase's *key*."""

    where = "口令加密文件"

    def __init__(self, folder: Path, key: bytes) -> None:
        self._file = folder / "secrets"
        self.key = key

    def password(self, shop_id: str) -> str | None:
        """Return the shop's password, or None if there is none."""
        return self._passwords().get(shop_id)

    def set_password(self, shop_id: str, password: str) -> None:
        """Remember the shop's *password*; raises OSError if the disk does not take it."""
        self._write({**self._passwords(), shop_id: password})

    def forget(self, shop_id: str) -> None:
        """Remove the shop's password, if there is one."""
        passwords = self._passwords()
        if passwords.pop(shop_id, None) is not None:
            self._write(passwords)

    def _passwords(self) -> dict[str, str]:
        try:
            sealed = self._file.read_bytes()
        except FileNotFoundError:
            return {}
        content = unseal(self.key, _PASSWORDS, sealed)
        if content is None:
            logger.warning("保存密码的文件 {} 已损坏，请重新设置各店密码。", self._file.name)
            return {}
        passwords: dict[str, str] = json.loads(content)
        return passwords

    def _write(self, passwords: dict[str, str]) -> None:
        write_private(self._file, seal(self.key, _PASSWORDS, json.dumps(passwords).encode()))


def _derived(passphrase: str, salt: bytes, log2_cost: int, block_size: int, parallel: int) -> bytes:
    scrypt = Scrypt(salt=salt, length=KEY_BYTES, n=2**log2_cost, r=block_size, p=parallel)
    return scrypt.derive(passphrase.encode())
