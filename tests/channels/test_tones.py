import itertools

import pytest

from agent.cases import Tier
from agent.channels.tones import SAMPLE_RATE, seconds, tone
from tests.channels.ear import listen, loudness, recognised

EVERY_TIER = pytest.mark.parametrize("tier", list(Tier))


@pytest.mark.parametrize(
    ("tier", "expected"), [(Tier.URGENT, 2.5), (Tier.IMPORTANT, 1.05), (Tier.NORMAL, 0.4)]
)
def test_length(tier: Tier, expected: float) -> None:
    """The more urgent a tone, the longer it lasts."""
    samples = tone(tier)

    assert expected == pytest.approx(seconds(samples), abs=0.01)


@EVERY_TIER
def test_recognisable(tier: Tier) -> None:
    """Each tier is known by its notes, and none is taken for another."""
    wave = listen(tone(tier))

    assert tier.name.lower() == recognised(wave)


@EVERY_TIER
def test_never_clips(tier: Tier) -> None:
    """At full volume the loudest sample keeps clear of full scale, both ways."""
    peak = max(abs(value) for value in listen(tone(tier)))

    assert 0.3 < peak <= 0.91


def test_louder_when_more_urgent() -> None:
    """A more urgent tone is louder, measured over its whole length."""
    heard = [loudness(listen(tone(tier))) for tier in sorted(Tier)]

    assert sorted(heard) == heard
    assert heard[-1] > 2 * heard[0]


@EVERY_TIER
def test_no_clicks(tier: Tier) -> None:
    """A tone starts and ends at zero, and creeps away from it rather than jumping."""
    wave = listen(tone(tier))

    assert (0, 0) == (wave[0], wave[-1])
    assert max(abs(value) for value in wave[:20] + wave[-20:]) < 0.02


@EVERY_TIER
def test_smooth_inside(tier: Tier) -> None:
    """No two neighbouring samples are further apart than the highest partial can carry them."""
    wave = listen(tone(tier))

    assert max(abs(after - before) for before, after in itertools.pairwise(wave)) < 0.4


@EVERY_TIER
def test_volume_scales(tier: Tier) -> None:
    """Half the volume is half the amplitude, up to rounding."""
    loud, soft = listen(tone(tier)), listen(tone(tier, 0.5))

    assert loudness(loud) / 2 == pytest.approx(loudness(soft), rel=0.01)


@EVERY_TIER
def test_volume_zero_is_silence(tier: Tier) -> None:
    """At volume 0 nothing sounds, for as long as the tone would last."""
    samples = tone(tier, 0)

    assert len(tone(tier)) == len(samples)
    assert not any(samples)


@pytest.mark.parametrize("volume", [-0.1, 1.01, float("nan")])
def test_volume_out_of_range(volume: float) -> None:
    """A volume that is none is refused instead of being heard as noise."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        tone(Tier.NORMAL, volume)


def test_made_once() -> None:
    """The same tone at the same volume is made only once."""
    assert tone(Tier.NORMAL, 0.7) is tone(Tier.NORMAL, 0.7)


def test_one_second_counts_as_one() -> None:
    """Lengths are told in seconds of 16-bit mono samples."""
    assert 1.0 == seconds(bytes(2 * SAMPLE_RATE))
