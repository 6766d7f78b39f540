"""How colleagues fill in a form: every kind of input, and as their organisation would."""

from __future__ import annotations

from random import Random
from statistics import mean

import pytest

from playground.crowd_forms import filled
from playground.stage import CROWD
from tests.page import forms
from tests.page.samples import Payload


@pytest.mark.parametrize("platform", ["slack", "teams"])
def test_all_inputs_are_filled_plausibly(platform: str) -> None:
    page = {"slack": forms.REMINDER_SLACK, "teams": forms.REMINDER_TEAMS}[platform]
    values = filled(page, CROWD[0], Random(1))
    assert values["title"].endswith(".")
    assert values["often"] in ("weekly", "monthly")
    assert values["people"] == (["U0DEV"] if platform == "slack" else CROWD[0].teams_id)


def test_organisations_differ_where_the_leadership_is_concerned() -> None:
    def answers(organisation: str, page: Payload) -> list[int]:
        random = Random(5)
        people = [person for person in CROWD if person.organisation == organisation]
        values = [value for person in people * 30 for value in filled(page, person, random).values()]
        return [int(value) for value in values]

    first, second = forms.READINESS_SLACK
    county, district = answers("Northshire County", first), answers("Eastvale District", first)
    assert mean(filter(None, county)) - mean(filter(None, district)) > 1
    assert county.count(0) / len(county) < 0.15 < district.count(0) / len(district)
    county, district = answers("Northshire County", second), answers("Eastvale District", second)
    assert mean(filter(None, county)) - mean(filter(None, district)) < 1


def test_who_is_asked_for_the_organisation_names_their_own() -> None:
    options = [
        forms.option(name, str(at)) for at, name in enumerate(("Eastvale District", "Westmoor District"))
    ]
    page = forms.view(
        "Who are you with?", forms.asks("org", "Organisation", {"type": "static_select", "options": options})
    )
    values = {person.organisation: filled(page, person, Random(1))["org"] for person in CROWD}
    assert values["Eastvale District"] == "0"
    assert values["Westmoor District"] == "1"
