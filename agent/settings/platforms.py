"""The platforms that a shop can be added of, and how one signs in to each."""

from collections.abc import Mapping
from dataclasses import dataclass

from agent.platforms.pack import Pack


@dataclass(frozen=True, slots=True)
class Offer:
    """A platform: its name and *title*; whether a stored *password*, or a *code* to scan, signs in.

    A *client* is a program of the platform's own that must run on this machine; *unproven* tells
    that nobody has checked yet how it is read.
    """

    platform: str
    title: str
    password: bool
    code: bool
    client: bool
    unproven: bool


def offers(packs: Mapping[str, Pack]) -> list[Offer]:
    """Return what *packs* can read, by their titles."""
    found = (
        Offer(
            platform=name,
            title=pack.title,
            password=bool(pack.login and pack.login.steps),
            code=bool(pack.login and pack.login.code),
            client=pack.attach is not None,
            unproven=pack.verified_on == "never",
        )
        for name, pack in packs.items()
    )
    return sorted(found, key=lambda offer: offer.platform)
