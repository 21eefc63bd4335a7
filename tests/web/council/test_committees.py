"""All committees together: frames with their decision, what is missing in words, transfers, links."""

from __future__ import annotations

from decimal import Decimal

from uppsikt.core.quantities import Missing
from uppsikt.web.council.selectors import council_page
from uppsikt.web.followup.models import Forecast
from uppsikt.web.history.services import recording

ADDRESS = "/kommunfullmaktige/bokslut-2024/kommunen/"


def html(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def test_every_committee_stands_with_its_frame_and_as_of_when(town, client) -> None:
    page = council_page(town.here("kommunfullmaktige"))
    frames = {line.unit.slug: line.frame.amount for line in page.lines}
    assert frames["kommunstyrelsen"].number == 84_900
    assert isinstance(frames["kommunfullmaktige"], Missing)
    text = html(client.get(ADDRESS))
    assert "enligt beslut till och med <a" in text
    assert "KF 2023-12-12 § 397" in text
    assert "/bildningsnamnden/bokslut-2024/uppfoljning/" in text
    assert "Går jämnt ut varje år" in text


def test_what_is_not_known_is_said_in_words(town, client) -> None:
    text = html(client.get(ADDRESS))
    assert "Det går inte att säga än: ram, prognos eller utfall saknas" in text
    assert "kan inte bedömas" in text


def test_who_is_over_and_who_owes_a_plan(town, client) -> None:
    at = town.dates["delar-augusti-2024"]
    with recording(town.reader, why="Prov") as pen:
        for slug, costs in (("kommunstyrelsen", 84_900_000), ("bildningsnamnden", 121_300_000)):
            pen.create(
                Forecast, unit=town.units[slug], reporting_date=at, costs=Decimal(costs), income=Decimal(0), comment="x"
            )
    page = council_page(town.here("kommunfullmaktige", "delar-augusti-2024"))
    standing = {line.unit.slug: (line.committee.standing.value, line.owes) for line in page.lines}
    assert standing == {
        "kommunfullmaktige": ("unknown", None), "kommunstyrelsen": ("within", False),
        "bildningsnamnden": ("over", True),
    }  # fmt: skip
    assert [line.unit.slug for line in page.asked] == ["bildningsnamnden"]
    text = html(client.get("/kommunstyrelsen/delar-augusti-2024/kommunen/"))
    assert "Ska lämna åtgärdsplan" in text
    assert "Över ramen" in text


def test_nobody_is_called_within_because_others_cannot_be_judged(town, client) -> None:
    at = town.dates["delar-augusti-2024"]
    with recording(town.reader, why="Prov") as pen:
        pen.create(
            Forecast, unit=town.units["kommunstyrelsen"], reporting_date=at, costs=Decimal(80_000_000),
            income=Decimal(0), comment="x",
        )  # fmt: skip
    text = html(client.get("/kommunstyrelsen/delar-augusti-2024/kommunen/"))
    assert "Ingen av dem som kan bedömas är över sin ram." in text
    assert "Ingen av dem som kan bedömas behöver en åtgärdsplan." in text
    assert "Ingen nämnd" not in text


def test_the_page_takes_a_bounded_number_of_queries(town, django_assert_max_num_queries) -> None:
    here = town.here("kommunfullmaktige")
    with django_assert_max_num_queries(60):
        council_page(here)
