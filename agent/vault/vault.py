"""The one door to the secrets: a shop's password, and the session that keeps it signed in."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, Self

from loguru import logger
from pydantic import BaseModel, ConfigDict, ValidationError

from agent.errors import GeshaoError, VaultLocked
from agent.log import conceal
from agent.vault.addresses import conceal_address, secret_parts
from agent.vault.passphrase import Lock, PassphraseFile
from agent.vault.roads import RoadKey
from agent.vault.sealed import draft_of, new_key, seal, unseal, write_private
from agent.vault.sessions import as_session, as_text, telling
from agent.vault.system import SystemKeyring

_MAX_PASSWORD_BYTES = 2_560  # in UTF-16: what Windows' keyring takes, the same on every system
_READABLE_CHARACTERS = 40
_DIGEST_CHARACTERS = 16


class _Keeper(Protocol):
    """Where the key and the passwords are kept."""

    @property
    def where(self) -> str: ...

    @property
    def key(self) -> bytes: ...

    def password(self, shop_id: str) -> str | None: ...

    def set_password(self, shop_id: str, password: str) -> None: ...

    def forget(self, shop_id: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """What a vault keeps of a shop."""

    password: bool
    session: bool


@dataclass(frozen=True, slots=True)
class Secret:
    """A *value* that may lie nowhere in plain text, and what it is, in Chinese."""

    what: str
    value: bytes

    def __repr__(self) -> str:
        return f"<Secret {self.what}>"


class Vault:
    """Keeps passwords and sessions, never in plain text.

    Its methods block (a disk, a keyring that asks the user): call them from a thread. They raise
    VaultLocked when the keyring cannot be had any more, OSError when the disk refuses to write.
    """

    def __init__(self, folder: Path, keeper: _Keeper) -> None:
        self._sessions = folder / "sessions"
        self._keeper = keeper

    @classmethod
    def open(cls, folder: Path, ask_passphrase: Callable[[], str]) -> Self:
        """Open the vault of the data *folder*, or make one there.

        A new one uses the system's keyring; where none can be trusted, *ask_passphrase* is called
        for a passphrase of the user's choice, and from then on for that same one. Raises
        VaultLocked if the keyring cannot be had, or the passphrase is wrong.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        record = _Record.read(folder)
        if record is None:
            return cls(folder, _new_keeper(folder, ask_passphrase))
        if record.passphrase is None:
            return cls(folder, SystemKeyring())
        return cls(folder, PassphraseFile(folder, record.passphrase.opened(ask_passphrase())))

    @staticmethod
    def wants_passphrase(folder: Path) -> bool:
        """Tell whether somebody must type a passphrase to open the vault of the data *folder*.

        Raises VaultLocked.
        """
        record = _Record.read(folder)
        return record is not None and record.passphrase is not None

    @classmethod
    def ephemeral(cls, folder: Path) -> Self:
        """Open a vault whose key ends with the program: afterwards nobody can read its files."""
        return cls(folder, _Memory())

    @property
    def where(self) -> str:
        """Where the secrets are kept, in Chinese."""
        return self._keeper.where

    def __repr__(self) -> str:
        return f"<Vault {self.where}>"

    def password(self, shop_id: str) -> str | None:
        """Return the shop's password, or None if none was stored."""
        password = self._keeper.password(shop_id)
        conceal(password or "")
        return password

    def set_password(self, shop_id: str, password: str) -> None:
        """Remember the shop's *password*; raises GeshaoError if it is too long to be one."""
        if len(password.encode("utf-16-le")) > _MAX_PASSWORD_BYTES:
            raise GeshaoError("密码太长，最多 1280 个字符。", "请检查是不是粘贴错了内容。")
        conceal(password)
        self._keeper.set_password(shop_id, password)

    def load_session(self, shop_id: str) -> dict[str, Any] | None:
        """Return the shop's session as it was saved, or None if a fresh sign-in is needed.

        That is so if none was saved, and also (then a warning is logged) if the file is damaged,
        another shop's, an older version's, or sealed with another key.
        """
        try:
            sealed = self._session_file(shop_id).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            logger.warning("{}：读不到保存的登录（{}），需要重新登录。", shop_id, error.strerror)
            return None
        content = unseal(self._keeper.key, _session_of(shop_id), sealed)
        if content is None:
            logger.warning("{}：保存的登录已损坏、不属于它，或密钥换过，需要重新登录。", shop_id)
            return None
        state = as_session(content)
        if state is None:
            logger.warning("{}：保存的登录是别的版本写的，需要重新登录。", shop_id)
        return state

    def save_session(self, shop_id: str, state: dict[str, Any]) -> None:
        """Replace the shop's session by *state*, which must be fit for JSON."""
        self._sessions.mkdir(parents=True, exist_ok=True)
        self._sessions.chmod(0o700)  # also if it came out of a backup
        sealed = seal(self._keeper.key, _session_of(shop_id), as_text(state))
        write_private(self._session_file(shop_id), sealed)

    def forget(self, shop_id: str) -> None:
        """Remove the shop's password and session, as far as there are any; the others' stay."""
        file = self._session_file(shop_id)
        for one in (file, draft_of(file)):
            one.unlink(missing_ok=True)
        self._keeper.forget(shop_id)

    def keeps(self, shop_id: str) -> Kept:
        """Tell what there is of the shop, so that `forget` can be told of."""
        file = self._session_file(shop_id)
        session = any(one.exists() for one in (file, draft_of(file)))
        return Kept(self._keeper.password(shop_id) is not None, session)

    def road(self, name: str) -> RoadKey | None:
        """Return what opens the road called *name*, or None if nothing was stored."""
        key = RoadKey.read(self._keeper.password(_entry("road", name)))
        if key is not None:
            key.conceal()
        return key

    def set_road(self, name: str, key: RoadKey) -> None:
        """Remember what opens the road called *name*; raises GeshaoError if it is too long."""
        written = key.written()
        if len(written.encode("utf-16-le")) > _MAX_PASSWORD_BYTES:
            raise GeshaoError("地址太长，存不进系统钥匙串。", "请检查是不是粘贴错了内容。")
        key.conceal()
        self._keeper.set_password(_entry("road", name), written)

    def forget_road(self, name: str) -> bool:
        """Remove what opens the road called *name*; return whether there was anything."""
        was_kept = self._keeper.password(_entry("road", name)) is not None
        self._keeper.forget(_entry("road", name))
        return was_kept

    def remote(self, name: str) -> str | None:
        """Return the address of the remote browser called *name*, or None if none was stored."""
        address = self._keeper.password(_entry("browser", name))
        conceal_address(address or "")
        return address

    def set_remote(self, name: str, address: str) -> None:
        """Remember the address of the remote browser called *name*."""
        conceal_address(address)
        self._keeper.set_password(_entry("browser", name), address)

    def forget_remote(self, name: str) -> bool:
        """Remove the address of the browser called *name*; return whether there was any."""
        was_kept = self._keeper.password(_entry("browser", name)) is not None
        self._keeper.forget(_entry("browser", name))
        return was_kept

    def remote_secrets(self, names: Iterable[str]) -> Iterator[Secret]:
        """Yield what of the kept addresses of remote browsers lies nowhere in plain text."""
        for name in names:
            for part in secret_parts(self.remote(name) or ""):
                yield Secret(f"远程浏览器 {name} 的地址", _bytes(part))

    def secrets(self, shop_ids: Iterable[str], roads: Iterable[str] = ()) -> Iterator[Secret]:
        """Yield all that lies nowhere in plain text: the key, what is kept of shops and roads."""
        yield Secret("密钥", self._keeper.key)
        for road in roads:
            if key := self.road(road):
                for part in key.parts():
                    yield Secret(f"{road} 的地址或密钥", _bytes(part))
        for shop_id in shop_ids:
            if password := self.password(shop_id):
                yield Secret(f"{shop_id} 的密码", _bytes(password))
            for value in telling(self.load_session(shop_id) or {}):
                yield Secret(f"{shop_id} 的登录", _bytes(value))

    def _session_file(self, shop_id: str) -> Path:
        """Return a name that every disk takes, and that two shops never share."""
        readable = re.sub(r"[^\w-]", "_", shop_id)[:_READABLE_CHARACTERS]
        digest = hashlib.sha256(shop_id.encode()).hexdigest()[:_DIGEST_CHARACTERS]
        return self._sessions / f"{readable}-{digest}.session"


class _Memory:
    """Keeps everything only as long as the program runs."""

    where = "仅内存"

    def __init__(self) -> None:
        self.key = new_key()
        self._passwords: dict[str, str] = {}

    def password(self, shop_id: str) -> str | None:
        return self._passwords.get(shop_id)

    def set_password(self, shop_id: str, password: str) -> None:
        self._passwords[shop_id] = password

    def forget(self, shop_id: str) -> None:
        self._passwords.pop(shop_id, None)


class _Record(BaseModel):
    """What `vault.json` says: a passphrase's lock, or none where the system's keyring is used.

    Written once, so that a keyring that is locked today does not split the secrets in two.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    passphrase: Lock | None

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        try:
            return cls.model_validate_json((folder / "vault.json").read_bytes())
        except FileNotFoundError:
            return None
        except (ValidationError, OSError) as error:
            raise VaultLocked(
                f"{folder / 'vault.json'} 读不懂。",
                "请从备份恢复它；没有备份就删除它，再重新登录各店。",
            ) from error

    def write(self, folder: Path) -> None:
        write_private(folder / "vault.json", self.model_dump_json(indent=2).encode())


def _new_keeper(folder: Path, ask_passphrase: Callable[[], str]) -> _Keeper:
    try:
        keeper: _Keeper = SystemKeyring()
        lock = None
    except VaultLocked as reason:
        logger.warning("{}改用口令加密的文件保存密码和登录。", reason.message)
        lock, key = Lock.around(ask_passphrase())
        keeper = PassphraseFile(folder, key)
    _Record(passphrase=lock).write(folder)
    return keeper


def _entry(kind: str, name: str) -> str:
    # No shop's short name holds a colon.
    return f"{kind}:{name}"


def _session_of(shop_id: str) -> str:
    return f"session of {shop_id}"


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogatepass")
