"""What the page of the settings may ask, each wish with its own fields, checked one by one."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from agent.cases import Kind
from agent.errors import GeshaoError
from agent.settings.live import LiveSettings
from agent.settings.people import Person
from agent.settings.stand import Done
from agent.words import Language
from ui.words import say

_Word = Annotated[str, Field(min_length=1, max_length=200)]
_Maybe = Annotated[str, Field(max_length=2000)]
_Time = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
_Tier = Literal["urgent", "important", "normal"]


class _Wish(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class AddShop(_Wish):
    """A shop is to be watched; without a name to sign in with, a person signs in in a window."""

    act: Literal["add_shop"]
    platform: _Word
    name: _Word
    username: _Maybe
    password: _Maybe

    async def come_true(self, settings: LiveSettings) -> Done:
        """Add it."""
        return await settings.add_shop(self.platform, self.name, self.username, self.password)


class RemoveShop(_Wish):
    """A shop is to be forgotten altogether."""

    act: Literal["remove_shop"]
    shop: _Word

    async def come_true(self, settings: LiveSettings) -> Done:
        """Take it out."""
        return await settings.remove_shop(self.shop)


class AddRoad(_Wish):
    """A road to a phone or a group is to be used, by the tiers named."""

    act: Literal["add_road"]
    type: _Word
    name: _Word
    url: _Maybe
    secret: _Maybe
    keyword: _Maybe
    tiers: Annotated[list[_Tier], Field(max_length=3)]

    async def come_true(self, settings: LiveSettings) -> Done:
        """Add it."""
        words = {"type": self.type, "name": self.name, "tiers": tuple(self.tiers)}
        more = {"keyword": self.keyword} if self.keyword else {}
        return await settings.add_road({**words, **more}, self.url, self.secret)


class RemoveRoad(_Wish):
    """A road is to be used no more."""

    act: Literal["remove_road"]
    road: _Word

    async def come_true(self, settings: LiveSettings) -> Done:
        """Take it out."""
        return await settings.remove_road(self.road)


class SetTiers(_Wish):
    """A road is to hear these tiers, or none but what names it."""

    act: Literal["tiers"]
    road: _Word
    tiers: Annotated[list[_Tier], Field(max_length=3)]

    async def come_true(self, settings: LiveSettings) -> Done:
        """Write them."""
        return await settings.set_tiers(self.road, self.tiers)


class SetPerson(_Wish):
    """Somebody is to be in the roster: new, or with other roads and kinds than before."""

    act: Literal["person"]
    new: bool
    name: _Word
    roads: Annotated[list[_Word], Field(max_length=50)]
    kinds: Annotated[list[Annotated[Kind, Field(strict=False)]], Field(max_length=len(Kind))]
    stands_in: bool
    numbers: Annotated[dict[_Word, _Word], Field(max_length=50)]

    async def come_true(self, settings: LiveSettings) -> Done:
        """Write it."""
        kinds = frozenset(self.kinds)
        given: dict[str, Any] = {"stands_in": self.stands_in, "numbers": self.numbers}
        person = Person(self.name, tuple(self.roads), kinds, **given)
        return await settings.set_person(person, new=self.new)


class RemovePerson(_Wish):
    """Somebody is to be in the roster no more."""

    act: Literal["remove_person"]
    name: _Word

    async def come_true(self, settings: LiveSettings) -> Done:
        """Take them out."""
        return await settings.remove_person(self.name)


class TryRoad(_Wish):
    """A message is to be sent on a road."""

    act: Literal["try_road"]
    road: _Word

    async def come_true(self, settings: LiveSettings) -> Done:
        """Begin to send it."""
        return await settings.try_road(self.road)


class TrySound(_Wish):
    """A tier's sound is to be heard."""

    act: Literal["try_sound"]
    tier: _Tier

    async def come_true(self, settings: LiveSettings) -> Done:
        """Begin to play it."""
        return await settings.try_sound(self.tier)


class SetVolume(_Wish):
    """A tier, or "" for all that have no volume of their own, is to be so loud, in percent."""

    act: Literal["volume"]
    tier: _Tier | Literal[""]
    percent: Annotated[int, Field(ge=0, le=100)]

    async def come_true(self, settings: LiveSettings) -> Done:
        """Write it."""
        tier = ("tones", self.tier) if self.tier else ()
        return await settings.set(("channels", "sound", *tier, "volume"), f"{self.percent / 100:g}")


class Switch(_Wish):
    """The sound, or the desktop's notices, are to be on or off."""

    act: Literal["switch"]
    channel: Literal["sound", "desktop"]
    on: bool

    async def come_true(self, settings: LiveSettings) -> Done:
        """Write it."""
        return await settings.set(("channels", self.channel, "enabled"), str(self.on).lower())


class SetQuiet(_Wish):
    """From a time to another only some tiers are to ring; without them there are no such hours."""

    act: Literal["quiet"]
    begins: _Time | Literal[""]
    ends: _Time | Literal[""]

    async def come_true(self, settings: LiveSettings) -> Done:
        """Write it."""
        return await settings.set_quiet(self.begins, self.ends)


class SetRule(_Wish):
    """The number of a rule is to be another one."""

    act: Literal["rule"]
    rule: _Word
    number: Annotated[int, Field(ge=1, le=1_000_000)]

    async def come_true(self, settings: LiveSettings) -> Done:
        """Write it."""
        return await settings.set_rule(self.rule, self.number)


class SetLanguage(_Wish):
    """The faces are to speak another language."""

    act: Literal["language"]
    language: Language

    async def come_true(self, settings: LiveSettings) -> Done:
        """Write it."""
        return await settings.set(("language",), self.language)


class SetAutostart(_Wish):
    """The program is to start with the user's session, or not any more."""

    act: Literal["autostart"]
    on: bool

    async def come_true(self, settings: LiveSettings) -> Done:
        """Put the entry there, or take it away."""
        return await settings.set_autostart(self.on)


class Renew(_Wish):
    """The work is to begin anew, with what the file says."""

    act: Literal["renew"]

    async def come_true(self, settings: LiveSettings) -> Done:
        """Begin anew."""
        return await settings.renew()


_WISH: TypeAdapter[
    AddShop
    | RemoveShop
    | AddRoad
    | RemoveRoad
    | SetTiers
    | SetPerson
    | RemovePerson
    | TryRoad
    | TrySound
    | SetVolume
    | Switch
    | SetQuiet
    | SetRule
    | SetLanguage
    | SetAutostart
    | Renew
] = TypeAdapter(
    Annotated[
        AddShop
        | RemoveShop
        | AddRoad
        | RemoveRoad
        | SetTiers
        | SetPerson
        | RemovePerson
        | TryRoad
        | TrySound
        | SetVolume
        | Switch
        | SetQuiet
        | SetRule
        | SetLanguage
        | SetAutostart
        | Renew,
        Field(discriminator="act"),
    ]
)


def set_by(settings: LiveSettings | None, language: Language) -> LiveSettings:
    """Return *settings*. Raises GeshaoError where there are none that could be kept."""
    if settings is None:
        raise GeshaoError(say("settings.none", language), say("settings.none.next", language))
    return settings


async def come_true(wish: object, settings: LiveSettings | None, language: Language) -> Done:
    """Do what *wish*, a plain object from the page, asks; return what was written.

    Raises GeshaoError; what was typed, which may be a password, is not in it.
    """
    try:
        known = _WISH.validate_python(wish)
    except ValidationError as error:
        spots = [spot["loc"] for spot in error.errors(include_input=False)]
        fields = "、".join(str(spot[-1]) if spot else "act" for spot in spots)
        raise GeshaoError(
            say("settings.refused", language, fields=fields), say("settings.refused.next", language)
        ) from None
    return await known.come_true(set_by(settings, language))
