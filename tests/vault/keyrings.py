"""Keyrings for tests: one that works in memory, and one for each way in which a real one fails."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import InitError, PasswordDeleteError


class MemoryKeyring(KeyringBackend):
    """A keyring that works."""

    priority: float = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring left it without types
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """Return the entry, if there is one."""
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Store the entry."""
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Remove the entry."""
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError("no such entry")


class LockedKeyring(MemoryKeyring):
    """A Secret Service whose prompt was dismissed."""

    def get_password(self, service: str, username: str) -> str | None:
        """Fail as the real one does."""
        raise InitError("Failed to create the collection: Prompt dismissed..")


class ForeignKeyring(MemoryKeyring):
    """A keyring whose system raises an error of its own."""

    def get_password(self, service: str, username: str) -> str | None:
        """Fail in its own words."""

        class ForeignError(Exception):
            pass

        raise ForeignError


class ForgetfulKeyring(MemoryKeyring):
    """A keyring that takes everything and remembers nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Let it drop."""


class PlainTextKeyring(MemoryKeyring):
    """A keyring that would write plain text into a file."""

    priority = 0.5


class DressedUpKeyring(MemoryKeyring):
    """The same, by the package's name, made to look recommended."""

    __module__ = "keyrings.alt.file"


class PromptingKeyring(MemoryKeyring):
    """A keyring that waits for a prompt which nobody sees."""

    def __init__(self) -> None:
        super().__init__()
        self.answered = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        """Wait for the user."""
        self.answered.wait()
        return None


class ForbiddenKeyring(MemoryKeyring):
    """A keyring that must not be touched."""

    def get_password(self, service: str, username: str) -> str | None:
        """Complain."""
        raise AssertionError("the keyring was touched")

    set_password = delete_password = get_password  # type: ignore[assignment]  # all the same


UNUSABLE: list[type[KeyringBackend]] = [
    fail.Keyring,
    null.Keyring,
    LockedKeyring,
    ForeignKeyring,
    ForgetfulKeyring,
    PlainTextKeyring,
    DressedUpKeyring,
]


@contextmanager
def system_keyring(backend: KeyringBackend) -> Iterator[None]:
    """Have *backend* be the system's keyring while the `with` lasts."""
    before = keyring.core._keyring_backend
    keyring.set_keyring(backend)
    yield
    keyring.core._keyring_backend = before
