"""How content is sealed under a key, and how a private file is replaced in one step."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12
_FORMAT = b"geshao 1\n"  # stands at the head of each sealed content, and is bound into it


def new_key() -> bytes:
    """Return a random key."""
    return secrets.token_bytes(KEY_BYTES)


def seal(key: bytes, purpose: str, content: bytes) -> bytes:
    """Return *content* encrypted (AES-GCM), to be opened with the same *key* and *purpose* only."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _FORMAT + nonce + AESGCM(key).encrypt(nonce, content, _bound(purpose))


def unseal(key: bytes, purpose: str, sealed: bytes) -> bytes | None:
    """Return what was sealed; None if *key* or *purpose* is another, or a bit of it has changed."""
    nonce_end = len(_FORMAT) + _NONCE_BYTES
    if len(sealed) < nonce_end or not sealed.startswith(_FORMAT):
        return None
    nonce = sealed[len(_FORMAT) : nonce_end]
    with suppress(InvalidTag):
        return AESGCM(key).decrypt(nonce, sealed[nonce_end:], _bound(purpose))
    return None


def write_private(file: Path, content: bytes) -> None:
    """Replace *file* by one with *content* that only the owner may read.

    Whatever happens meanwhile, the file is the old one or the new one. Raises OSError if the disk
    does not take it.
    """
    draft = draft_of(file)
    draft.unlink(missing_ok=True)  # left by a crash
    try:
        # O_EXCL: never through a link that somebody laid there.
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    _settle(file.parent)


def draft_of(file: Path) -> Path:
    """Return where the next content of *file* is written first; a crash may leave it."""
    return file.with_name(f"{file.name}.tmp")


def _bound(purpose: str) -> bytes:
    return _FORMAT + purpose.encode()


def _settle(folder: Path) -> None:
    """Have the renaming itself survive a power cut, where the disk can be asked for that."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network disks cannot; the content is safe all the same
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
