"""Secrets of the user's livelihood: passwords and sessions, encrypted wherever they rest."""

from agent.vault.addresses import conceal_address
from agent.vault.passphrase import PASSPHRASE_VARIABLE
from agent.vault.roads import RoadKey
from agent.vault.vault import Secret, Vault

__all__ = ["PASSPHRASE_VARIABLE", "RoadKey", "Secret", "Vault", "conceal_address"]
