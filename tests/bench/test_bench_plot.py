"""The figures as a picture."""

from xml.etree import ElementTree as ET

import pytest

from tests.bench.made_up import a_run, a_trial, a_use, heard
from tests.bench.plot import Panel, panels, scale_for, svg

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("values", "top"),
    [
        pytest.param([3.0, 93.0], 100.0, id="to the next round number"),
        pytest.param([100.0], 100.0, id="no further than needed"),
        pytest.param([101.0], 125.0, id="a quarter more"),
        pytest.param([], 1.0, id="nothing"),
        pytest.param([0.0], 1.0, id="nothing but zero"),
    ],
)
def test_scale_begins_at_nothing(values: list[float], top: float) -> None:
    """A plot that cuts off its foot makes a hill of a step."""
    scale = scale_for(values, 0.0, 200.0, by_tens=False)

    assert [0.0, 200.0] == [scale.at(0.0), scale.at(top)]
    assert (0.0, top) == (scale.ticks()[0], scale.ticks()[-1])


def test_scale_by_tens() -> None:
    """Each power of ten takes the same room; what is less than the least lies on the edge."""
    scale = scale_for([0.02, 30.0], 400.0, 0.0, by_tens=True)

    assert [0.01, 0.1, 1.0, 10.0, 100.0] == pytest.approx(scale.ticks())
    assert [400.0, 300.0, 0.0] == pytest.approx([scale.at(0.01), scale.at(0.1), scale.at(100.0)])
    assert 400.0 == scale.at(0.0)


def test_panels_have_the_middle_of_all_runs() -> None:
    """For each number of shops; who was not measured has no line."""
    runs = [
        a_run(
            a_trial("live", 1, alerts=heard(p95), pss_mb=p95 * 100),
            a_trial("live", 5, alerts=heard(p95 * 2)),
            a_trial("other", 5, failed="it fell"),
        )
        for p95 in (0.3, 0.1, 0.2)
    ]
    latency, cpu, weight, requests = panels(runs)

    assert {"live": [(1, 0.2), (5, 0.4)]} == latency.lines
    assert {} == cpu.lines
    assert {"live": [(1, 20.0)]} == weight.lines
    assert {} == requests.lines


def test_cpu_is_that_of_the_whole_tree() -> None:
    """Growth is of all shops together; requests are those of one shop."""
    _, cpu, _, requests = panels([a_run(a_trial("live", 5, idle=a_use(5, cpu_s=2.0, requests=10)))])

    assert {"live": [(5, 120.0)]} == cpu.lines
    assert {"live": [(5, 120.0)]} == requests.lines


def test_a_size_that_one_run_has_is_a_point_too() -> None:
    """Later runs leave sizes out; the line goes on through what the first one measured."""
    first = a_run(*(a_trial("live", shops, pss_mb=shops * 100.0) for shops in (1, 5, 20, 50)))
    later = a_run(*(a_trial("live", shops, pss_mb=shops * 120.0) for shops in (1, 20)))
    *_, weight, _ = panels([first, later, later])

    assert {"live": [(1, 120.0), (5, 500.0), (20, 2400.0), (50, 5000.0)]} == weight.lines


def test_plots_stand_two_in_a_row() -> None:
    """Whether there are lines or not, and also after the first trial of the first run."""
    root = ET.fromstring(svg(panels([a_run(a_trial("live", 1, pss_mb=400.0))])))  # noqa: S314 (our own)
    places = [group.get("transform") for group in root.iter(f"{SVG}g")]

    assert "0 0 864 600" == root.get("viewBox")
    assert [f"translate({place})" for place in ("0 0", "432 0", "0 300", "432 300")] == places


def test_svg_names_every_line() -> None:
    """It is well-formed whatever a contender is called, with a dot for each point."""
    drawn = [
        Panel("latency", {"a<b": [(1, 0.1), (5, 0.4)], "c": [(5, 7.0)]}, by_tens=True),
        Panel("nothing", {}),
    ]
    root = ET.fromstring(svg(drawn))  # noqa: S314 (our own)
    texts = [text.text for text in root.iter(f"{SVG}text")]

    assert {"latency", "a<b", "c", "nothing", "1", "5"} <= set(texts)
    assert 3 == len([*root.iter(f"{SVG}circle")])


def test_a_name_has_the_same_pen_everywhere() -> None:
    """Also where one before it has no line."""
    drawn = [Panel("soon", {"a": [(1, 1.0)], "b": [(1, 2.0)]}), Panel("much", {"b": [(1, 3.0)]})]
    dots = [dot.get("fill") for dot in ET.fromstring(svg(drawn)).iter(f"{SVG}circle")]  # noqa: S314 (our own)

    assert dots[0] != dots[1] == dots[2]
