"""A small knowledge folder about allotments: another deck than ours, for tests that change and break it."""

from __future__ import annotations

from pathlib import Path

DECK = """\
title: Growing Together
author: Ada Green
role: Allotment Secretary
publisher: The Plot Holders
date: 1 May 2012
year: 2012
short: 2012 talk
subject: allotments
headings:
  - Before you start
  - Through the year
bare:
  crop rotation: The talk names crop rotation, but doesn't explain it.
"""

VOCABULARY = """\
synonyms:
  - means: manure
    terms: [dung, farmyard gold]
outside:
  - term: beekeeping
    also: [bees, hives]
    topic: keeping bees
    nearest: watering
"""

QUESTIONS = {
    "plot-size": """\
        how big should my plot be|what size of plot do beginners need|is half a plot enough to begin with
        how many square metres can one person dig|would a quarter plot do for a family|is a whole plot too big
        how much ground should a newcomer take on|small plot or large plot|what area is right for two people
        should we ask for a bigger plot|how many rods is a normal plot|can I start with less ground""",
    "watering": """\
        how often should I water|when is the best time to water seedlings|do the beans need water every day
        is it better to water in the evening|how much water do tomatoes want|what do we do in a dry spell
        can I leave a hose running|should I water the leaves or the roots|are water butts allowed
        my lettuce wilts in the heat|how do I keep the soil moist|watering while we are on holiday""",
    "feeding-soil": """\
        how do I feed the soil|when should I dig in manure|is compost better than fertiliser
        what do I put on tired soil|how much manure does a bed need|can I make my own compost
        which green manure should I sow|does clay soil need feeding|is horse manure too strong
        why does my soil grow nothing|how do I improve sandy earth|what feeds hungry plants""",
    "the-year": """\
        what should I do each month|what are the jobs in spring|when does the growing year begin
        what is there to do in winter|which jobs come in autumn|is there a calendar of jobs
        what comes after the harvest|how do I plan the seasons|what do we do in march
        when is the busiest time|give me an overview of the year|which month is for sowing""",
}

_LESSON = """\
---
title: {title}
heading: {heading}
{extra}related: [{related}]
questions:
{questions}
---
{title} matters more than tools.

## What the deck says
The talk gives **one rule**:
- think first
- then dig

## Why
The talk doesn't say more than that.

## In practice
Ask a neighbour; see [the guide](https://example.org/guide).

## Ask yourselves
- What would we do differently?
"""

LESSONS = {
    "plot-size": ("The size of the plot", "Before you start", "", "watering"),
    "watering": ("Watering well", "Through the year", "", "feeding-soil"),
    "feeding-soil": ("Feeding the soil", "Through the year", "side: success\n", "watering"),
    "the-year": ("The growing year", "Through the year", "items: [watering, feeding-soil]\n", "plot-size"),
}


def questions_of(lesson: str) -> list[str]:
    """The example questions of one lesson."""
    return [part.strip() for line in QUESTIONS[lesson].split("\n") for part in line.split("|")]


def lesson_text(lesson: str) -> str:
    """The Markdown file of one lesson."""
    title, heading, extra, related = LESSONS[lesson]
    questions = "\n".join(f"  - {question}" for question in questions_of(lesson))
    return _LESSON.format(title=title, heading=heading, extra=extra, related=related, questions=questions)


def write_folder(folder: Path) -> Path:
    """Write the whole folder, with nothing wrong in it."""
    (folder / "lessons").mkdir(parents=True)
    (folder / "deck.yaml").write_text(DECK, encoding="utf-8")
    (folder / "vocabulary.yaml").write_text(VOCABULARY, encoding="utf-8")
    for lesson in LESSONS:
        (folder / "lessons" / f"{lesson}.md").write_text(lesson_text(lesson), encoding="utf-8")
    return folder
