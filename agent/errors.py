"""The error tree, drawn; each error says what happened and what to do next.

    GeshaoError            anything we expect and can explain
    ├── ConfigError        the user's file is wrong: mend it at the spot named, start again
    ├── PackError          a platform's pack is wrong: mend it at the spot named
    ├── BrowserMissing     no browser to be had: install the one named
    │   └── RemoteSilent   no remote browser answers: look at it; watching waits for it
    ├── VaultLocked        the key cannot be had: unlock the keyring or give the passphrase
    ├── JournalFailing     the disk neither takes nor gives: watching goes on from memory
    ├── AlreadyRunning     another Geshao works on this data folder: use its window
    ├── UnknownCase        no such case: look at the list again
    ├── DrillBroken        another drill began: rehearse again when that one is over
    └── ChannelRefused     a road to the person failed: retry, or mend it when it is permanent
        └── ChannelHeld    a road may take no more just now: nothing was tried, send it later

Failures to read a page are no errors but outcomes (`agent.cases.Outcome`): they are expected,
stored, and shown. A class exists only where somebody catches it.
"""

from datetime import timedelta


class GeshaoError(Exception):
    """Something expected went wrong.

    *message* says what, in the user's language; *next_step* says what the user does about it.
    """

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()


class ConfigError(GeshaoError):
    """The configuration cannot be used as it is written."""


class PackError(GeshaoError):
    """A pack cannot be used as it is written."""


class BrowserMissing(GeshaoError):
    """No browser was found, and none could be fetched."""


class RemoteSilent(BrowserMissing):
    """No browser on another computer can be used just now.

    *own* tells that others may answer, but the shop is in no browser but its own.
    """

    def __init__(self, message: str, next_step: str = "", *, own: bool = False) -> None:
        super().__init__(message, next_step)
        self.own = own


class VaultLocked(GeshaoError):
    """The key to the stored sessions and passwords cannot be had."""


class JournalFailing(GeshaoError):
    """The journal's file cannot be read or written just now.

    *damaged* tells that it never will be: what it holds makes no sense.
    """

    def __init__(self, message: str, next_step: str = "", *, damaged: bool = False) -> None:
        super().__init__(message, next_step)
        self.damaged = damaged


class AlreadyRunning(GeshaoError):
    """Another Geshao holds this data folder."""


class UnknownCase(GeshaoError):
    """The case that was named is not in the journal."""


class DrillBroken(GeshaoError):
    """A drill came to no end, since another one began."""


class ChannelRefused(GeshaoError):
    """A channel did not deliver.

    *permanent* tells that trying again unchanged is useless, *retry_after* how long the road
    wants to be left alone, if it said so.
    """

    def __init__(
        self,
        message: str,
        next_step: str = "",
        *,
        permanent: bool = False,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(message, next_step)
        self.permanent = permanent
        self.retry_after = retry_after


class ChannelHeld(ChannelRefused):
    """Nothing was tried: what waits goes out together after *wait*."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("这条通道刚发得太多，稍后合成一条再发。", retry_after=wait)
        self.wait = wait
