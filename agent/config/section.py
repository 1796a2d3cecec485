"""What every group of keys in the file has in common."""

from collections.abc import Hashable, Sequence

from pydantic import BaseModel, ConfigDict, model_validator


class Section(BaseModel):
    """A group of keys: no others are taken, and nothing changes after reading."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _take_empty_as_absent(cls, value: object) -> object:
        # A heading whose lines are all commented out reads as null; it means the defaults.
        if value is None:
            return {}
        if not isinstance(value, dict):
            return value
        return {k: v for k, v in value.items() if v is not None or k not in cls.model_fields}


def first_repeated(values: Sequence[Hashable]) -> int | None:
    """Return the position of the first of *values* that stood before, None if each is new."""
    return next((i for i, value in enumerate(values) if value in values[:i]), None)
