"""The form in which a reminder or pulse is filled in or changed, and what a submitted one says."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from dialogs.core.commands import DraftAct, encode
from dialogs.core.events import Submitted
from dialogs.core.forms import Audience, Field, Form, Option, SelectField, TextEntry
from dialogs.core.mentions import restored, spoken
from dialogs.core.model import World
from dialogs.core.phrasing import phrased
from dialogs.core.reminder_model import Draft
from dialogs.core.replies import Text
from dialogs.recurrence import zones
from dialogs.recurrence.describe import in_words, next_dates
from dialogs.recurrence.rule import NATIONS, Recurrence, fault
from dialogs.reminders.drafting_audience import names
from dialogs.reminders.drafting_when import LONGEST, read, with_conditions, zone_of
from dialogs.reminders.drafting_worded import length, longest, tidy, too_long, worded
from dialogs.reminders.form_audience import addresses, beside, chosen, picked
from dialogs.wording import drafts as words
from dialogs.wording import mail as mail_words
from dialogs.wording.dates import NATION, NO_SUCH_ZONE

LONGEST_ZONE, LONGEST_MAILS = 60, 3_000


def draft_form(draft: Draft, world: World) -> Form:
    """The form with what the draft has; the advisor settings must be known."""
    assert world.advisor_settings is not None
    kind, shown = draft.kind, _shown(draft)
    advises = world.speaker.role == "advisor"
    asks = words.FORM_WHAT_OWN if draft.to_self(world.speaker.id) else words.FORM_WHAT[kind]
    fields: list[Field] = [Text(words.FORM_INTRO)]
    if advises:
        fields.append(Audience("people", words.FORM_PEOPLE[kind], picked(draft.targets), optional=True))
    others = beside(draft.targets, world.advisor_settings) if advises else {}
    if others:
        options = tuple(Option(names((target,), world), value) for value, target in others.items())
        listed = _listed(draft, world)
        fields.append(SelectField("lists", words.FORM_LISTS, options, listed, many=True, optional=True))
    if advises and world.mail_domains:
        fields.append(
            TextEntry(
                "mails",
                mail_words.FORM_ADDRESSES,
                addresses(draft.targets),
                LONGEST_MAILS,
                lines=True,
                optional=True,
                hint=mail_words.FORM_ADDRESSES_HINT,
            )
        )
    fields += [
        TextEntry("what", asks, spoken(draft.what), longest(kind), lines=kind == "remind",
              hint=phrased(words.FORM_WHAT_HINT[kind], world.knowledge)),
        TextEntry("when", words.FORM_WHEN, shown["when"], LONGEST, hint=words.FORM_WHEN_HINT),
        _pick("off_days", words.FORM_OFF_DAYS, words.OFF_DAYS, shown["off_days"]),
        _pick("nation", words.FORM_NATION, {nation: NATION[nation] for nation in NATIONS}, shown["nation"]),
        TextEntry(
            "zone", words.FORM_ZONE, shown["zone"], LONGEST_ZONE, optional=True, hint=words.FORM_ZONE_HINT
        ),
    ]  # fmt: skip
    if kind == "pulse":
        answers = "anonymous" if draft.anonymous else "named"
        fields.append(_pick("answers", words.FORM_ANSWERS, words.FORM_ANONYMOUS, answers))
    fields.append(_pick("catch_up", words.FORM_CATCH_UP, words.CATCH_UP, str(draft.catch_up_hours)))
    return Form(
        encode(DraftAct("form", draft.id)), words.FORM_TITLE[kind], tuple(fields), submit=words.FORM_SUBMIT
    )


def read_form(draft: Draft, form: Submitted, world: World) -> tuple[Draft, dict[str, str]]:
    """The draft as it was filled in, and what is wrong with it (field -> sentence); forgeries are refused.

    A field that was left out stays as it was.
    """
    asked = {
        field.id
        for field in draft_form(draft, world).fields
        if isinstance(field, Audience | TextEntry | SelectField)
    }
    values = {id: value for id, value in form.values.items() if id in asked}
    shown, errors = _shown(draft), dict[str, str]()
    targets = draft.targets
    if {"people", "lists", "mails"} & values.keys():
        people = values.get("people", picked(draft.targets))
        lists = values.get("lists", _listed(draft, world))
        mails = values.get("mails", addresses(draft.targets))
        found = chosen(people, lists, mails, draft.targets, form.named, world)
        targets = found.targets
        if found.problem:
            errors[found.where] = found.problem
    what = restored(tidy(values["what"]), draft.what) if "what" in values else draft.what
    if not what:
        errors["what"] = words.SAY_WHAT[draft.kind]
    elif length(what) > longest(draft.kind):
        errors["what"] = too_long(what, draft.kind)
    for id, offered in (
        ("off_days", words.OFF_DAYS), ("nation", NATION), ("answers", words.FORM_ANONYMOUS),
        ("catch_up", words.CATCH_UP),
    ):  # fmt: skip
        if values.get(id, "") and values[id] not in offered:
            errors[id] = words.NOT_OFFERED
    said_zone = " ".join(values.get("zone", shown["zone"]).split())
    zone = _zone(said_zone)
    if zone is None:
        errors["zone"] = NO_SUCH_ZONE.format(name=said_zone[:40])
    when, schedule, wrong = _when(draft, values, shown, zone or "", errors, world)
    if wrong:
        errors["when"] = wrong
    if errors:
        return draft, errors
    done = replace(
        draft,
        targets=targets,
        when=when,
        schedule=schedule,
        anonymous=values.get("answers", "anonymous" if draft.anonymous else "named") != "named",
        catch_up_hours=int(values.get("catch_up") or draft.catch_up_hours),
        asked="",
    )
    return (done if what == draft.what else worded(done, what, world)), {}


def _listed(draft: Draft, world: World) -> str:
    """The value of the field of lists and groups, as the draft has them."""
    assert world.advisor_settings is not None
    others = beside(draft.targets, world.advisor_settings)
    return ",".join(value for value, target in others.items() if target in draft.targets)


def _shown(draft: Draft) -> dict[str, str]:
    """What the form says of when before anybody changes it."""
    schedule = draft.schedule
    if schedule is None:
        return {"when": draft.when, "off_days": "next", "nation": "england", "zone": ""}
    zone = zones.city(schedule.zone) if schedule.zone else ""
    return {
        "when": (draft.when or in_words(schedule))[:LONGEST],
        "off_days": schedule.off_days,
        "nation": schedule.nation,
        "zone": zone if not zone or zones.named(zone) == schedule.zone else schedule.zone,
    }


def _when(
    draft: Draft,
    values: Mapping[str, str],
    shown: Mapping[str, str],
    zone: str,
    errors: Mapping[str, str],
    world: World,
) -> tuple[str, Recurrence | None, str]:
    """The words, the schedule, and what is wrong with either."""
    when = " ".join(values.get("when", shown["when"]).split())
    schedule, changed = draft.schedule, when != shown["when"] or draft.schedule is None
    if changed:
        found = read(when, world)
        if found.schedule is None:
            return when, None, " ".join(question.text for question in (*found.problems, *found.missing))
        schedule = found.schedule
    assert schedule is not None
    if errors.keys() & {"off_days", "nation", "zone"}:
        return when, schedule, ""
    before = {**shown, "zone": _zone(shown["zone"]) or ""}
    schedule = with_conditions(
        schedule, values.get("off_days") or shown["off_days"], values.get("nation") or shown["nation"], zone,
        before if changed else {}, when if changed else "", world,
    )  # fmt: skip
    wrong = fault(schedule) or ""
    if not wrong and not next_dates(schedule, schedule.zone or zone_of(world), world.now, 1):
        wrong = words.PASSED
    return when, schedule, wrong


def _zone(said: str) -> str | None:
    """The IANA name that ``said`` means, empty for each person's own; None where there is none such."""
    if not said:
        return ""
    found = zones.named(said) or (said if zones.zone(said) else None)
    return found


def _pick(id: str, label: str, options: Mapping[str, str], value: str) -> SelectField:
    return SelectField(id, label, tuple(Option(text, option) for option, text in options.items()), value)
