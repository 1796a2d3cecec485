"""The system's keyring as the keeper of key and passwords: which to trust, how to ask it."""

import base64
import binascii
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.core import recommended

from agent.errors import VaultLocked
from agent.vault.sealed import KEY_BYTES, new_key

_SERVICE = "geshao"
_KEY_ENTRY = "key"
_LIMIT_SECONDS = 60.0  # enough for a person to type the keyring's own password

_Answer = TypeVar("_Answer")


class SystemKeyring:
    """Keeps the key and the passwords in the keyring that the user's own system unlocks.

    Making one finds the key there, or puts a new one there. Each call blocks, for up to a minute
    while the system asks the user, and raises VaultLocked when the keyring cannot be had.
    """

    where = "系统钥匙串"

    def __init__(self) -> None:
        self._backend = _ask(_trustworthy)
        stored = self._get(_KEY_ENTRY)
        self.key = _decoded(stored) or self._put_new_key()

    def password(self, shop_id: str) -> str | None:
        """Return the shop's password, or None if there is none."""
        return self._get(_entry(shop_id))

    def set_password(self, shop_id: str, password: str) -> None:
        """Remember the shop's *password*."""
        _ask(lambda: self._backend.set_password(_SERVICE, _entry(shop_id), password))

    def forget(self, shop_id: str) -> None:
        """Remove the shop's password, if there is one."""
        if self.password(shop_id) is not None:
            _ask(lambda: self._backend.delete_password(_SERVICE, _entry(shop_id)))

    def _get(self, entry: str) -> str | None:
        return _ask(lambda: self._backend.get_password(_SERVICE, entry))

    def _put_new_key(self) -> bytes:
        key = new_key()
        text = base64.b64encode(key).decode()
        _ask(lambda: self._backend.set_password(_SERVICE, _KEY_ENTRY, text))
        if self._get(_KEY_ENTRY) != text:
            raise _unusable("存进去的读不出来")
        return key


def _ask(question: Callable[[], _Answer]) -> _Answer:
    """Put *question* to the keyring and return its answer.

    In a thread that may be left behind: some systems show a prompt and wait, and on a machine
    without a screen nobody will ever see it. Raises VaultLocked.
    """
    answer: Future[_Answer] = Future()
    threading.Thread(target=_answer, args=(answer, question), daemon=True).start()
    try:
        error = answer.exception(_LIMIT_SECONDS)
    except TimeoutError:
        raise _unusable("等了一分钟没有回应") from None
    if isinstance(error, VaultLocked):
        raise error
    if error is not None:
        raise _unusable(type(error).__name__) from error
    return answer.result()


def _answer(answer: Future[_Answer], question: Callable[[], _Answer]) -> None:
    try:
        answer.set_result(question())
    except Exception as error:  # noqa: BLE001 (each system has errors of its own; `_ask` raises it)
        answer.set_exception(error)


def _trustworthy() -> KeyringBackend:
    """Return the keyring to use; one that forgets or writes plain text is none."""
    chosen = keyring.get_keyring()
    # A chain would look into its plain-text members too, so only a single member is used.
    candidates = chosen.backends if isinstance(chosen, ChainerBackend) else [chosen]
    for backend in candidates:
        if recommended(backend) and not type(backend).__module__.startswith("keyrings.alt"):
            return backend
    raise _unusable(type(chosen).__module__)


def _unusable(why: str) -> VaultLocked:
    return VaultLocked(
        f"系统钥匙串用不了（{why}）。",
        "请登录桌面、解锁系统钥匙串后再试；"
        "要改用口令，请删除数据目录里的 vault.json，再重新登录各店。",
    )


def _entry(shop_id: str) -> str:
    return f"password:{shop_id}"


def _decoded(text: str | None) -> bytes | None:
    try:
        key = base64.b64decode(text or "", validate=True)
    except binascii.Error:
        return None
    return key if len(key) == KEY_BYTES else None
