"""Twenty colleagues who answer: what they press and fill in, and what the page shows of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from random import Random

import pytest
from playwright.async_api import Browser, Page, expect

from playground.crowd import Crowd
from playground.crowd_hands import News
from playground.stage import CROWD, Refused
from tests.page import forms
from tests.page.conftest import Stage, staged, watched
from tests.page.samples import SLACK_ANSWER, Payload
from tests.page.stand_in import FakePlatform

pytestmark = pytest.mark.asyncio(loop_scope="session")

PLATFORMS = pytest.mark.parametrize("platform", ["slack", "teams"])
QUIZ = {"slack": forms.quiz_slack, "teams": forms.quiz_teams}
CARD = {"slack": forms.TAKE_PART_SLACK, "teams": forms.TAKE_PART_TEAMS}
READINESS = {"slack": forms.READINESS_SLACK, "teams": forms.READINESS_TEAMS}


class Sides:
    """Two fake platforms and the crowd over them."""

    def __init__(self, seed: int = 7, over: float = 0.0) -> None:
        self.slack, self.teams = FakePlatform(), FakePlatform()
        self.told: list[str] = []
        sides = {"slack": self.slack, "teams": self.teams}
        news = News()
        self.crowd = Crowd(sides, news, Random(seed), self.told.append, over)
        self.slack.changed = self.teams.changed = lambda place: news.heard()

    def of(self, platform: str) -> FakePlatform:
        return self.slack if platform == "slack" else self.teams


def said(element: Payload) -> str:
    return str(element.get("value") or element.get("data", {}).get("says"))


@PLATFORMS
async def test_each_colleague_answers_a_question_once(platform: str) -> None:
    sides, place = Sides(), f"{platform}-channel"
    side = sides.of(platform)
    card = side.put(place, QUIZ[platform](0))
    assert sides.crowd.waiting(place) == 20
    assert await sides.crowd.answer(place, 20) == "20 colleagues answered."
    assert sorted(person for person, _, _ in side.pressed) == sorted(person.key for person in CROWD)
    assert {message for _, message, _ in side.pressed} == {card.id}
    given = Counter(said(element) for _, _, element in side.pressed)
    assert set(given) <= {f"quiz answer K7QM 1 {letter}" for letter in "abcd"}
    assert len(given) > 1
    assert sides.crowd.waiting(place) == 0
    with pytest.raises(Refused, match="answered this already"):
        await sides.crowd.answer(place, 20)
    side.change(card, payload=QUIZ[platform](0, 2))
    assert sides.crowd.waiting(place) == 20


async def test_the_same_seed_gives_the_same_answers() -> None:
    async def answers(seed: int) -> dict[str, str]:
        sides = Sides(seed)
        sides.slack.put("slack-channel", forms.quiz_slack(0))
        await sides.crowd.answer("slack-channel", 20)
        return {person: said(element) for person, _, element in sides.slack.pressed}

    assert await answers(1) == await answers(1)
    assert await answers(1) != await answers(2)


async def test_some_answer_and_then_the_others() -> None:
    sides = Sides()
    sides.teams.put("teams-group", forms.quiz_teams(0))
    assert await sides.crowd.answer("teams-group", 1) == "1 colleague answered."
    assert sides.crowd.waiting("teams-group") == 19
    await sides.crowd.answer("teams-group", 20)
    assert len({person for person, _, _ in sides.teams.pressed}) == 20


@PLATFORMS
async def test_a_form_is_filled_in_to_its_end(platform: str) -> None:
    sides = Sides()
    side = sides.of(platform)
    side.forms["Take part"] = READINESS[platform]
    side.put(f"{platform}-channel", CARD[platform])
    assert await sides.crowd.answer(f"{platform}-channel", 20) == "20 colleagues answered."
    assert len(side.submitted) == 40
    for _, values in side.submitted:
        assert set(values) in ({"s1", "s2", "s3"}, {"s4", "s5"})
        assert set(values.values()) <= set(forms.VALUES)


@PLATFORMS
async def test_a_page_that_is_refused_for_ever_is_given_up(platform: str) -> None:
    sides = Sides()
    side = sides.of(platform)
    side.forms["Take part"] = [READINESS[platform][0]] * 40
    side.put(f"{platform}-channel", CARD[platform])
    assert (
        await sides.crowd.answer(f"{platform}-channel", 2)
        == "Nobody could answer. It may have closed meanwhile."
    )
    assert len(side.closed) == 2
    assert sides.crowd.waiting(f"{platform}-channel") == 20


async def test_a_joint_card_is_answered_by_each_on_their_own_platform() -> None:
    sides = Sides()
    sides.slack.put("slack-channel", forms.quiz_slack(0))
    sides.teams.put("teams-channel", forms.quiz_teams(0))
    await sides.crowd.answer("teams-channel", 20)
    slack, teams = ({person for person, _, _ in side.pressed} for side in (sides.slack, sides.teams))
    assert len(slack) + len(teams) == 20
    homes = {person.key: person.organisation for person in CROWD}
    assert {homes[person] for person in slack} == {"Northshire County", "Westmoor District"}
    assert {homes[team] for team in teams} == {"Eastvale District"}
    assert sides.crowd.waiting("slack-channel") == 0


async def test_a_question_that_closes_meanwhile_is_missed_by_the_slow() -> None:
    sides = Sides(over=0.3)
    card = sides.slack.put("slack-channel", forms.quiz_slack(0))

    def close(person: str, message: str, element: Payload) -> None:
        if len(sides.slack.pressed) == 5:
            sides.slack.change(card, payload=SLACK_ANSWER)

    sides.slack.heard = close
    assert (
        await sides.crowd.answer("slack-channel", 20) == "5 colleagues answered; 15 came too late or gave up."
    )


async def test_only_what_all_see_in_a_shared_place_is_answered() -> None:
    sides = Sides()
    sides.slack.put("slack-direct", forms.quiz_slack(0))
    sides.slack.put("slack-channel", forms.quiz_slack(0), only_for="asha")
    sides.slack.put("slack-channel", forms.quiz_slack(0), author="bryn")
    sides.slack.put("slack-channel", SLACK_ANSWER)
    for place in ("slack-direct", "slack-channel", "teams-channel", "teams-group"):
        assert sides.crowd.waiting(place) is None
    with pytest.raises(Refused, match="Nothing here waits for answers"):
        await sides.crowd.answer("slack-channel", 20)


async def test_a_second_time_at_once_is_refused_kindly_and_stopping_ends_it() -> None:
    sides = Sides(over=60)
    sides.slack.put("slack-channel", forms.quiz_slack(0))
    first = asyncio.create_task(sides.crowd.answer("slack-channel", 20))
    await asyncio.sleep(0)
    assert sides.crowd.busy("slack-channel")
    with pytest.raises(Refused, match="still answering"):
        await sides.crowd.answer("slack-channel", 20)
    sides.crowd.stop()
    assert await first == "Nobody could answer. It may have closed meanwhile."
    assert not sides.crowd.busy("slack-channel")
    assert sides.told == ["slack-channel", "slack-channel"]


# --- On the page --------------------------------------------------------------------------------


def counting(side: FakePlatform, platform: str) -> None:
    """Let the bot redraw its quiz card after every answer."""

    def heard(person: str, message: str, element: Payload) -> None:
        card = next(shown for shown in side.messages(f"{platform}-channel", person) if shown.id == message)
        side.change(card, payload=QUIZ[platform](len(side.pressed)), edited=True)

    side.heard = heard


@PLATFORMS
async def test_the_button_lets_them_answer_while_the_card_is_redrawn(
    page: Page, stage: Stage, platform: str
) -> None:
    side: FakePlatform = getattr(stage, platform)
    counting(side, platform)
    side.put(f"{platform}-channel", QUIZ[platform](0), text="Quiz")
    await page.goto(f"/#asha/{platform}-channel")
    await page.get_by_role("button", name="C. It depends").focus()
    await page.get_by_role("button", name="20 colleagues answer").click()
    await expect(page.get_by_role("article", name="Sharewise")).to_contain_text("20 answered")
    await expect(page.get_by_role("status").get_by_text("20 colleagues answered.")).to_be_visible()
    await expect(page.get_by_role("button", name="All colleagues have answered")).to_be_visible()
    side.put(f"{platform}-channel", QUIZ[platform](0, 2), text="Quiz")
    await expect(page.get_by_role("button", name="20 colleagues answer")).to_be_visible()


async def test_while_they_answer_every_tab_says_so(browser: Browser) -> None:
    async with staged(over=60) as stage, watched(browser, stage.url) as page:
        stage.slack.put("slack-channel", forms.quiz_slack(0))
        await page.goto("/#asha/slack-channel")
        button = page.locator("#crowd")
        await button.click()
        await expect(button).to_have_text("Colleagues are answering…")
        await expect(button).to_have_attribute("aria-disabled", "true")
        await button.press("Enter")
        await expect(page.get_by_text("Your colleagues are still answering.")).to_be_visible()
        await page.goto("/#bryn/slack-channel")
        await expect(button).to_have_text("Colleagues are answering…")


async def test_where_nothing_is_asked_there_is_no_button(page: Page, stage: Stage) -> None:
    stage.slack.put("slack-direct", forms.quiz_slack(0), text="Quiz")
    stage.slack.put("slack-channel", SLACK_ANSWER)
    for place in ("slack-direct", "slack-channel"):
        await page.goto(f"/#asha/{place}")
        await expect(page.get_by_role("article")).to_have_count(1)
        await expect(page.locator("#crowd")).to_be_hidden()
