"""How the settings stand: what the file says, what is in use, what is kept beside the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from agent.autostart import Entry
from agent.config import Settings, read_settings
from agent.errors import GeshaoError
from agent.platforms.pack import Pack
from agent.settings.platforms import Offer, offers
from agent.settings.starting import Starting
from agent.vault import Vault

_LIVE = {"roster", "holiday"}
"""What is heeded at once, by `agent.holidays`."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was written: under which *key* of the file, on which *line*; "" where nothing was.

    *shop* is the id of a shop that was added; *waits* tells that it is still being done, *anew*
    that the work begins anew for it, *not_yet* why it does not although it should.
    """

    key: str = ""
    line: int = 0
    shop: str = ""
    waits: bool = False
    anew: bool = False
    not_yet: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """How a road or a sound was tried, and what was said about it."""

    state: Literal["running", "passed", "failed"]
    said: str = ""


@dataclass(frozen=True, slots=True)
class Stand:
    """How everything stands: what the *file* *said* last, and its *fault* if it cannot be read.

    *waiting* are the groups of keys that the program does not follow yet; *kept_shops* and
    *kept_roads* are those of which the keyring holds something; *trials* are by road, or by
    `trials.sound_key`; *failed* is why the last change that took long came to nothing.
    """

    file: Path
    said: Settings
    begun: str = ""
    fault: str = ""
    waiting: tuple[str, ...] = ()
    platforms: Sequence[Offer] = ()
    kept_shops: frozenset[str] = frozenset()
    kept_roads: frozenset[str] = frozenset()
    entry: Entry | None = None
    autostart_fault: str = ""
    trials: Mapping[str, Trial] = field(default_factory=dict)
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a running program's things are: its *file*, its data *folder*, its *vault*, its packs.

    *starting* is what starts it with the user's session.
    """

    file: Path
    folder: Path
    vault: Vault
    packs: Mapping[str, Pack]
    starting: Starting

    def read(self) -> Settings:
        """Return what the file says. Raises ConfigError."""
        return read_settings(self.file, platforms=self.packs.keys())


def stand_of(home: Home, used: Settings) -> Stand:
    """Return how everything stands at *home*, while the settings *used* are in use; it blocks."""
    try:
        said, fault = home.read(), ""
    except GeshaoError as error:
        said, fault = used, str(error)
    try:
        entry, autostart_fault = home.starting.entry(), ""
    except GeshaoError as error:
        entry, autostart_fault = None, str(error)
    shops, roads = _kept(home.vault, said)
    return Stand(
        file=home.file,
        said=said,
        fault=fault,
        waiting=_waiting(said, used),
        platforms=offers(home.packs),
        kept_shops=shops,
        kept_roads=roads,
        entry=entry,
        autostart_fault=autostart_fault,
    )


def _waiting(said: Settings, used: Settings) -> tuple[str, ...]:
    groups = (name for name in Settings.model_fields if name not in _LIVE)
    return tuple(name for name in groups if getattr(said, name) != getattr(used, name))


def _kept(vault: Vault, said: Settings) -> tuple[frozenset[str], frozenset[str]]:
    """Return of which shops, and of which roads, *vault* holds something; names may be alike."""
    try:
        shops = frozenset(shop.id for shop in said.shops if vault.keeps(shop.id).password)
        roads = frozenset(road.name for road in said.roads if vault.road(road.name) is not None)
    except GeshaoError:
        return frozenset(), frozenset()  # a keyring that is locked tells nothing
    return shops, roads
