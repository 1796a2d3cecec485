"""When a page that is loaded over and over is tidied, and when a new one takes its place."""

_LOADS_A_TIDYING = 2
"""The browser keeps documents that were left until it feels short of memory: eighty of them after
twenty loads of one light page, which then takes 200 MB instead of 50. To tidy it takes some 30 ms,
and a load ten times that."""
_LOADS_A_PAGE = 30
_ASKED_A_PAGE = 600
"""Of each request an account is kept as long as its page lives, some 16 kB of it in this process: a
page that asks for two hundred things would take 100 MB here after thirty loads."""


def wants_tidying(loads: int) -> bool:
    """Tell whether a page is to give back memory that was loaded so often since it last did."""
    return loads >= _LOADS_A_TIDYING


def is_worn(loads: int, asked: int) -> bool:
    """Tell whether a page that was loaded so often, and *asked* for so much, is to be replaced."""
    return loads >= _LOADS_A_PAGE or asked >= _ASKED_A_PAGE
