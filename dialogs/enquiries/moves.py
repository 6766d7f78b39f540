"""How an enquiry goes from one step to another, and what then waits for its time."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from msgspec.structs import replace

from dialogs.core.enquiry_model import (
    ENQUIRIES_PARTITION,
    CardRefused,
    ComeUpAgain,
    EarlierStep,
    Enquiry,
    EnquiryStep,
    SendAgain,
)
from dialogs.core.jobs import Job
from dialogs.core.session_model import Actor
from dialogs.recurrence import zones
from dialogs.recurrence.working_days import days_to_work

COMES_UP_AFTER = (1, 5)
"""Working days after which one comes up again of itself, and then once more: several at once would bury the
channel else. After that it stands in the queue and in the digest."""
AGAIN_AFTER, MOST_TRIES = timedelta(minutes=30), 8
"""When what was refused is sent again, each time twice as late as before, and how often."""


def moved(enquiry: Enquiry, step: EnquiryStep, now: datetime) -> Enquiry:
    """It stands at another step from now on."""
    return replace(enquiry, step=step, since=now)


def asked_anew(enquiry: Enquiry, step: EnquiryStep, now: datetime) -> Enquiry:
    """It is open again; what had come of it stays to be seen."""
    by, text = enquiry.by or Actor(""), enquiry.answer or enquiry.pointed
    earlier = (*enquiry.earlier, EarlierStep(by, enquiry.step, now, text, enquiry.rating))
    return replace(
        moved(enquiry, step, now), by=None, answer="", pointed="", rating="", rounds=0, earlier=earlier
    )


def without(enquiry: Enquiry, person: str) -> Enquiry:
    """It without what an advisor had to do with it: their place, and what they were about to teach."""
    if enquiry.teaching is not None and enquiry.teaching.by.id == person:
        enquiry = replace(enquiry, teaching=None)
    places = tuple(place for place in enquiry.places if place.id != person)
    refused = {place: why for place, why in enquiry.refused.items() if place != person}
    return replace(enquiry, places=places, refused=refused)


def comes_up(enquiry: Enquiry, now: datetime) -> Job:
    """It comes up again: at the same time of whoever asked, as many working days later as its round has."""
    clock = zones.clock(enquiry.zone)
    local = now.astimezone(clock)
    day = local.date()
    for _ in range(COMES_UP_AFTER[enquiry.rounds]):
        day += timedelta(days=1)
        day += timedelta(days=days_to_work(day, "england", 1))
    at = zones.instant(datetime.combine(day, time(local.hour, local.minute)), clock)
    name = f"enquiry {enquiry.id} again {enquiry.rounds} {at.isoformat()}"
    return Job(ENQUIRIES_PARTITION, ComeUpAgain(enquiry.id, enquiry.rounds), at, name)


def sent_again(event: CardRefused, now: datetime) -> Job:
    """What was refused is tried again, ever later."""
    at = now + AGAIN_AFTER * 2**event.tries
    again = SendAgain(event.id, event.place, event.tries + 1)
    return Job(ENQUIRIES_PARTITION, again, at, f"enquiry {event.id} to {event.place} {event.tries}")
