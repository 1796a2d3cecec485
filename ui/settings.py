"""The page of the settings as plain data: everything as it stands, secrets only as "kept"."""

from typing import TypedDict

from agent.cases import Policy, Tier
from agent.config import ROAD_TYPES, Settings
from agent.settings.platforms import Offer
from agent.settings.rules import RULES, Rule
from agent.settings.stand import Done, Stand
from agent.words import Language
from ui.settings_alerts import (
    PERCENT,
    RoadTypeView,
    RoadView,
    SoundView,
    road,
    road_type,
    sound,
    tier_title,
)
from ui.settings_people import StaffView, staff_view
from ui.words import say


class OfferView(TypedDict):
    """A platform to choose; *password* tells that it may be typed here, *hint* what follows."""

    platform: str
    title: str
    password: bool
    hint: str


class SetShopView(TypedDict):
    """A shop of the file."""

    shop_id: str
    name: str
    platform: str
    said: str


class QuietView(TypedDict):
    """The quiet hours; *begins* and *ends* are "" without any."""

    begins: str
    ends: str
    means: str


class HolidayView(TypedDict):
    """The holiday of the file, and whom to choose from; nobody means that any name is taken."""

    first: str
    last: str
    stand_in: str
    people: list[str]


class RuleView(TypedDict):
    """A rule: its sentence around one number."""

    rule: str
    before: str
    after: str
    number: float | None
    least: int
    most: int


class SettingsView(TypedDict):
    """Everything that the page of the settings shows.

    *begun* differs once the work began anew. *fault* is why the file cannot be read, *pending*
    what of it is not in use yet, *failed* why the last change came to nothing: "" if all is well.
    """

    begun: str
    file: str
    fault: str
    pending: str
    failed: str
    shops: list[SetShopView]
    platforms: list[OfferView]
    roads: list[RoadView]
    road_types: list[RoadTypeView]
    tiers: dict[str, str]
    sound: bool
    desktop: bool
    percent: int
    sounds: list[SoundView]
    quiet: QuietView
    staff: StaffView
    holiday: HolidayView
    rules: list[RuleView]
    language: Language
    autostart: bool
    autostart_said: str


class WrittenView(TypedDict):
    """What came of a change: *said* in words, and the *shop* that was added, or "".

    *anew* tells that the work begins anew for it.
    """

    said: str
    shop: str
    anew: bool


def settings_view(stand: Stand, language: Language) -> SettingsView:
    """Return how everything stands, for the page."""
    said, policy = stand.said, stand.said.policy.to_policy()
    autostart, autostart_said = _autostart(stand, language)
    return SettingsView(
        begun=stand.begun,
        file=str(stand.file),
        fault=stand.fault,
        pending=_pending(stand.waiting, language),
        failed=stand.failed,
        shops=_shops(stand, language),
        platforms=[_offer(one, language) for one in stand.platforms],
        roads=[road(one, stand, language) for one in said.roads],
        road_types=[road_type(name, language) for name in ROAD_TYPES if name != "program"],
        tiers={tier.name.lower(): tier_title(tier, language) for tier in reversed(Tier)},
        sound=said.channels.sound.enabled,
        desktop=said.channels.desktop.enabled,
        percent=round(said.channels.sound.volume * PERCENT),
        sounds=[sound(tier, stand, language) for tier in reversed(Tier)],
        quiet=_quiet(said, language),
        staff=staff_view(said, language),
        holiday=_holiday(said),
        rules=[_rule(rule, policy, language) for rule in RULES],
        language=said.language,
        autostart=autostart,
        autostart_said=autostart_said,
    )


def written_view(done: Done, language: Language) -> WrittenView:
    """Return what was written, in words."""
    if done.waits:
        term = "settings.waits"
    elif not done.key:
        term = "page.settings_renewing" if done.anew else "settings.done"
    else:
        term = "settings.written" if done.line else "settings.removed"
    said = say(term, language, key=done.key, line=done.line) + done.not_yet
    return WrittenView(said=said, shop=done.shop, anew=done.anew)


def _pending(groups: tuple[str, ...], language: Language) -> str:
    if not groups:
        return ""
    names = [say(f"settings.group.{group}", language) for group in groups]
    return say("settings.pending", language, groups=say("settings.and", language).join(names))


def _shops(stand: Stand, language: Language) -> list[SetShopView]:
    titles = {offer.platform: offer.title for offer in stand.platforms}
    return [
        SetShopView(
            shop_id=shop.id,
            name=shop.name,
            platform=titles.get(shop.platform, shop.platform),
            said=say(
                "shop.set.saved" if shop.id in stand.kept_shops else "shop.set.by_hand", language
            ),
        )
        for shop in stand.said.shops
    ]


def _offer(offer: Offer, language: Language) -> OfferView:
    ways = {
        "shop.set.client": offer.client,
        "shop.set.password": offer.password,
        "shop.set.code": offer.code,
    }
    way = next((term for term, fits in ways.items() if fits), "shop.set.window")
    doubt = [say("shop.set.unproven", language)] if offer.unproven else []
    return OfferView(
        platform=offer.platform,
        title=offer.title,
        password=offer.password,
        hint="\n".join([say(way, language), *doubt]),
    )


def _quiet(said: Settings, language: Language) -> QuietView:
    quiet = said.policy.quiet
    through = (Tier.URGENT,) if quiet is None else quiet.through
    tiers = say("settings.and", language).join(tier_title(tier, language) for tier in through)
    return QuietView(
        begins="" if quiet is None else f"{quiet.begins:%H:%M}",
        ends="" if quiet is None else f"{quiet.ends:%H:%M}",
        means=say("quiet.means", language, tiers=tiers),
    )


def _holiday(said: Settings) -> HolidayView:
    holiday = said.holiday
    return HolidayView(
        first="" if holiday is None else holiday.first.isoformat(),
        last="" if holiday is None else holiday.last.isoformat(),
        stand_in=(holiday and holiday.stand_in) or said.roster.stand_in or "",
        people=list(said.roster.people),
    )


def _rule(rule: Rule, policy: Policy, language: Language) -> RuleView:
    number = rule.number(policy)
    before, _, after = say(f"rule.{rule.name}", language).partition("{}")
    return RuleView(
        rule=rule.name,
        before=before,
        after=after,
        number=None if number is None else round(number, 2),
        least=rule.least,
        most=rule.most,
    )


def _autostart(stand: Stand, language: Language) -> tuple[bool, str]:
    entry = stand.entry
    if stand.autostart_fault:
        return False, stand.autostart_fault
    if entry is None:
        return False, say("autostart.off", language)
    if not entry.program_is_there():
        return True, say("autostart.gone", language)
    if entry.switched_off:
        return False, say("autostart.switched_off", language)
    return True, say("autostart.on", language)
