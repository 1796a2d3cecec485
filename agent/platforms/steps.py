"""The part of the pack language that acts: on what, and which harmless acts there are."""

from typing import Literal, Self

from pydantic import model_validator

from agent.platforms.language import Address, Css, Marked, Strict, Texts


class Target(Strict):
    """One thing on the page to act on: ordered candidates, the first visible one counts.

    With *frame* it is in the frame whose address contains that; with *unframed* it may be on the
    page itself as well, as in another build.
    """

    css: Css = ("*",)
    text: str | None = None
    exact: bool = False
    frame: str | None = None
    unframed: bool = False


class Step(Marked):
    """One harmless act: exactly one of the verbs.

    `wait` does nothing but wait for its target; `scroll` turns the wheel over it. Where *unless* is
    there already, the step is left out: a menu that is open would be shut by the click.
    """

    click: Target | None = None
    fill: Target | None = None
    value: Literal["username", "password"] | None = None
    tick: Target | None = None
    choose: Target | None = None
    wait: Target | None = None
    scroll: Target | None = None
    optional: bool = False
    unless: Target | None = None

    @model_validator(mode="after")
    def _one_verb(self) -> Self:
        if len(self.verbs) != 1:
            raise ValueError("a step has exactly one of: click, fill, tick, choose, wait, scroll")
        if (self.fill is None) != (self.value is None):
            raise ValueError("fill and value (username or password) go together")
        return self

    @property
    def verbs(self) -> tuple[str, ...]:
        """The verbs that are given."""
        known = ("click", "fill", "tick", "choose", "wait", "scroll")
        return tuple(verb for verb in known if getattr(self, verb) is not None)

    @property
    def target(self) -> Target:
        """What the step acts on."""
        target: Target = getattr(self, self.verbs[0])
        return target


class Code(Marked):
    """The code to scan: where it is, what tells that it is spent, what brings a new one."""

    image: Target
    expired: Texts = ()
    refresh: Target | None = None


class Login(Marked):
    """How a person signs in, and the steps that do it with a stored name and password.

    Without *steps* only a person can, by scanning *code* where there is one. *done* is what only
    who is signed in sees; where it is not given, leaving *url* tells. *refused* are texts that
    mean a wrong name or password.
    """

    url: Address
    steps: tuple[Step, ...] = ()
    code: Code | None = None
    done: Css = ()
    refused: Texts = ()

    @model_validator(mode="after")
    def _no_scrolling(self) -> Self:
        if any(step.scroll for step in self.steps):
            raise ValueError("steps: scroll is for lists (more.scroll)")
        return self


class More(Marked):
    """How the page shows more rows: *widen* it once, then turn or scroll on.

    *next* is the button to the next page, *first* the one to the first, for a list that comes up
    somewhere else; *scroll* is the list that grows, or shows other rows, as it is scrolled.
    """

    widen: tuple[Step, ...] = ()
    next: Target | None = None
    first: Target | None = None
    scroll: Target | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if any(step.verbs != ("click",) for step in self.widen):
            raise ValueError(
                "widen: a list is only clicked through; other verbs are for signing in"
            )
        if (self.next is None) == (self.scroll is None):
            raise ValueError("exactly one of next and scroll leads to more rows")
        if self.first and not self.next:
            raise ValueError("first goes with next")
        return self

    @property
    def step(self) -> Step:
        """What shows the next rows."""
        return Step(scroll=self.scroll) if self.scroll else Step(click=self.next)
