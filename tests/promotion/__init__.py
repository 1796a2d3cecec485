"""A promotion day on a clock that stands still: how often it rings, and what if nobody answers."""
