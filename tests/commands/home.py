"""One person's computer: what they type, what they read, and what is kept there."""

import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from agent.__main__ import COMMANDS
from agent.cases import Case, CaseKey, Change, ChangeKind, QueueHealth, Reading
from agent.folder import journal_file
from agent.journal import Journal
from tests.vault.keyrings import MemoryKeyring

SHOP = "shanque"
NAME = "山雀户外旗舰店"


@dataclass(frozen=True)
class Said:
    """How a command ended: its exit *code*, its results and what it said beside them."""

    code: int
    out: str
    err: str

    @property
    def problem(self) -> tuple[int, str]:
        """The code and what went wrong, provided that nothing was printed as a result."""
        assert not self.out
        return self.code, self.err


class Asked(io.StringIO):
    """Standard input with a person behind it."""

    def isatty(self) -> bool:
        """Tell that somebody is there."""
        return True


@dataclass
class Home:
    """Where a person types commands; *keyring* is their system's."""

    folder: Path
    _patch: pytest.MonkeyPatch
    _capture: pytest.CaptureFixture[str]
    keyring: MemoryKeyring

    @property
    def config(self) -> Path:
        """The configuration file."""
        return self.folder / "config" / "geshao" / "config.yaml"

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data" / "geshao"

    def types(self, *arguments: str, stdin: io.StringIO | None = None) -> Said:
        """Type `geshao` with *arguments*; return how it went."""
        self._patch.setattr(sys, "stdin", stdin or io.StringIO())
        with pytest.raises(SystemExit) as end:
            COMMANDS.main(args=list(arguments), prog_name="geshao")
        said = self._capture.readouterr()
        return Said(int(end.value.code or 0), said.out, said.err)

    def adds(self, *more: str, stdin: io.StringIO | None = None, **words: str) -> Said:
        """Type `geshao shop add` for the usual shop, with *words* in place of its own."""
        usual = {"id": SHOP, "platform": "doudian", "name": NAME}
        options = [f"--{key}={value}" for key, value in {**usual, **words}.items()]
        return self.types("shop", "add", *options, *more, stdin=stdin)

    def settles_in(self) -> None:
        """Have a configuration with the usual shop, and a journal that knows nothing yet."""
        self.types("init")
        self.adds()
        with self.journal():
            pass

    def journal(self) -> Journal:
        """Open the journal, as a running Geshao has it open."""
        self.data.mkdir(parents=True, exist_ok=True)
        return Journal.open(journal_file(self.data))

    def remembers(self, *cases: Case, readings: Sequence[Reading] = ()) -> list[Case]:
        """Have open *cases* in the journal, and what *readings* said about the queues."""
        changes = [Change(ChangeKind.OPENED, None, case) for case in cases]
        with self.journal() as journal:
            recorded = journal.record(changes, None, shop=SHOP)
            for reading in readings:
                health = QueueHealth(reading.queue).after(reading)
                journal.record([], health, shop=reading.shop)
        return [change.after for change in recorded]

    def case(self, key: CaseKey) -> Case:
        """Return the case as it is kept now."""
        with self.journal() as journal:
            return journal.find(str(key))

    def breaks(self, where: str, how: Callable[..., object]) -> None:
        """Put *how* in the place of what stands at *where*."""
        self._patch.setattr(where, how)

    def sets(self, variable: str, value: str) -> None:
        """Set an environment variable."""
        self._patch.setenv(variable, value)
