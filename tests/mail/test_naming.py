"""How an advisor names people by address: in a sentence, on a list, in a form, and what can't be."""

from __future__ import annotations

import pytest

from bot.platforms.slack.speech import plain as slack_words
from dialogs.core.addresses import address_of, masked, person_of
from dialogs.core.forms import TextEntry
from dialogs.core.reminder_model import Target
from tests.dialogs.series import ASHA, CHANNEL, STEERING, advisor, draft
from tests.harness.person import Person, read
from tests.mail.post import LEADER, by_mail

DOMAINS = ("anyshire.gov.uk", ".anyshire.gov.uk")
WHEN = "every first Monday at 9 to sign the budget"


def cleo() -> Person:
    """An advisor whose Sharewise may write to one council."""
    return advisor(mail_domains=DOMAINS)


@pytest.mark.parametrize(
    ("who", "targets"),
    [
        (LEADER, (by_mail(LEADER),)),
        ("Leader@AnyShire.gov.uk", (by_mail(LEADER),)),
        (f"<{LEADER}>", (by_mail(LEADER),)),
        (f"#partnership-board, {LEADER} and @asha", (CHANNEL, by_mail(LEADER), ASHA)),
        (f"the steering group and {LEADER}", (STEERING, by_mail(LEADER))),
        ("r&d@anyshire.gov.uk", (by_mail("r&d@anyshire.gov.uk"),)),
        ("research-and-dev@anyshire.gov.uk", (by_mail("research-and-dev@anyshire.gov.uk"),)),
        ("june.may@sat.anyshire.gov.uk", (by_mail("june.may@sat.anyshire.gov.uk"),)),
        (f"{LEADER} and {LEADER}", (by_mail(LEADER),)),
    ],
)
def test_whom_a_sentence_names(who: str, targets: tuple[Target, ...]) -> None:
    person = cleo()
    said = read(person.say(f"remind {who} {WHEN}"))
    assert draft(person).targets == targets
    assert all(address_of(target.id) in said for target in targets)


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (
            "leader@evil.example",
            "I may not write to “leader@evil.example”: only to addresses at any",
        ),
        ("leader@notanyshire.gov.uk", "I may not write to “leader@notanyshire.gov.uk”"),
        ("leader@anyshire", "I can't read “leader@anyshire” as an e-mail address"),
        (f"{LEADER}.", "ready to start"),
    ],
)
def test_what_cant_be_written_to_is_said(who: str, said: str) -> None:
    assert said in read(cleo().say(f"remind {who} {WHEN}"))


def test_where_mail_is_off_an_address_is_no_list() -> None:
    person = advisor()
    assert "I can't send mail here yet" in read(person.say(f"remind {LEADER} {WHEN}"))
    assert draft(person).targets == ()
    assert "E-mail" not in read(person.say("new reminder"))


def test_a_list_shows_its_addresses_before_start() -> None:
    person = cleo()
    assert LEADER in read(person.say(f"list the leaders: {LEADER}, @asha"))
    assert f"By mail, to: {LEADER}" in read(person.say(f"remind the leaders {WHEN}"))
    person.say("new pulse")
    assert "E-mail addresses work too" in read(person.say("new pulse"))
    assert f"To: {LEADER}" in read(person.say(LEADER))
    assert "can't be an advisor" in read(person.say(f"add advisor {LEADER}"))


def test_a_form_takes_addresses_and_keeps_those_it_was_opened_with() -> None:
    person = cleo()
    person.say(f"remind @asha and {LEADER} {WHEN}")
    form = person.press("Change").form
    assert form is not None
    values = {field.id: field.value for field in form.fields if hasattr(field, "id")}
    assert values["mails"] == LEADER
    assert "mail:" not in values["people"]
    person.fill_in(form.says, values)
    assert draft(person).targets == (ASHA, by_mail(LEADER))
    form = person.press("Change").form
    assert form is not None
    for typed, said in (
        ("leader at anyshire", "can't read “leader”"),
        ("x@evil.example", "may not write to"),
    ):
        assert said in person.fill_in(form.says, {**values, "mails": typed}).errors["mails"]
    person.fill_in(form.says, {**values, "people": "", "mails": "pa@anyshire.gov.uk; ce@anyshire.gov.uk"})
    assert draft(person).targets == (by_mail("pa@anyshire.gov.uk"), by_mail("ce@anyshire.gov.uk"))
    del values["people"], values["lists"]
    person.fill_in(form.says, {**values, "mails": LEADER})
    assert draft(person).targets == (by_mail(LEADER),), "what isn't submitted stays as it was: nobody else"
    person.say("remind @asha every Monday at 9 to vote")
    form = person.press("Change").form
    assert form is not None
    person.fill_in(form.says, {"mails": "", "when": "every Tuesday at 9"})
    assert draft(person).targets == (ASHA,), "as in Teams, whose menus offer not everybody"
    off = advisor()
    off.say(f"remind @asha {WHEN}")
    without = off.press("Change").form
    assert without is not None
    assert not any(isinstance(field, TextEntry) and field.id == "mails" for field in without.fields)


@pytest.mark.parametrize(
    ("said", "id", "shown"),
    [
        ("mailto:o'brien@x.uk", "mail:x.uk/o'brien", "o'…@x.uk"),
        ("a@x.uk", "mail:x.uk/a", "a…@x.uk"),
        ("a..b@x.uk", "", ""),
        ("a@x", "", ""),
        ("a b@x.uk", "", ""),
        ("a/b@x.uk", "", ""),
        ("é@x.uk", "", ""),
        (f"{'x' * 65}@x.uk", "", ""),
    ],
)
def test_what_an_address_is(said: str, id: str, shown: str) -> None:
    assert person_of(said) == id
    assert not id or masked(id) == shown


def test_slack_writes_addresses_as_links() -> None:
    assert slack_words(f"remind <mailto:{LEADER}|{LEADER}> at 9") == f"remind {LEADER} at 9"
