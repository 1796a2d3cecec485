"""Secrets of the user's livelihood: passwords and sessions, encrypted wherever they rest."""

from agent.vault.addresses import conceal_address
from agent.vault.roads import RoadKey
from agent.vault.vault import Secret, Vault

__all__ = ["RoadKey", "Secret", "Vault", "conceal_address"]
