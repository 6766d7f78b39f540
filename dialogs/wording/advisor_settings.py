"""What is said of what the advisors share: lists, assistants, who advises, the weekly digest."""

from __future__ import annotations

LISTS = "Lists"
LISTS_HOW = (
    "To change one: “add @… to the {group}”, “remove @… from the {group}”, “delete list "
    "{group}”. People and channels of Slack and Teams go together: add each from where they are."
)
NO_LISTS_YET = (
    "There are no lists yet. Make one by naming it and mentioning who belongs to it: “list the "
    "{group}: @…, @…, #…”. Then “remind the {group} …” reaches them all."
)
LIST_KEPT = "Kept. Reminders to this list follow it from the next one on."
LIST_DELETED = "Deleted. What was already sent stays sent."
LIST_NOBODY = (
    "Who belongs to it? Mention people with @ and channels with #, as in “list the {group}: @…, @…”."
)
LIST_NAME = (
    "That name won't do. Choose up to {limit} letters, digits and spaces that mean nothing else, such as "
    "“{group}”."
)
LIST_UNKNOWN = "I know no list of that name. “lists” shows those there are."
LIST_NOT_IN_IT = "None of those is on that list, so nothing was changed."
LIST_LAST = "That would leave nobody on it. To take the whole list away, type “delete list” and its name."
LIST_FULL = "A list holds at most {limit} people and channels."
LISTS_FULL = "There are {limit} lists already. Delete one first."
NO_LISTS_IN_LISTS = "A list holds people and channels, each mentioned with @ or #."
ASSISTANTS = "Who answers for whom"
ASSISTANT_KEPT = (
    "Done: {who} answers for {whom} from the next send on, gets reminders and pulses in their place, and "
    "what they press counts as theirs; reports say so. “Nobody answers for …” takes it back."
)
ASSISTANT_BEFORE = " {who} no longer does."
ASSISTANT_AWAY = "Done: nobody answers for {whom} any more. From the next send on they get it themselves."
ASSISTANT_NONE = "Nobody answers for them, so nothing was changed."
ASSISTANT_THEMSELVES = "Everybody answers for themselves already. Name two different people."
PEOPLE_ONLY = "Mention the people with @, as in “add advisor @…”."
ADVISORS = "Advisors"
ADVISORS_ADDED = "Added in chat"
ADVISORS_HOW = (
    "To change: “add advisor @…” or “remove advisor @…”. Those named in the setting ADVISORS are advisors "
    "too; whoever runs me can change that."
)
YOU_ADVISE = "You are one of them."
NONE_ADDED = "Nobody has been added in chat."
ADVISOR_ADDED = "Done. From now on they can set reminders and pulses, and see what comes of them."
ADVISOR_REMOVED = "Done. They are no longer an advisor; what they have started goes on."
OPEN_AGAIN = " What they had taken of the questions is open to the other advisors again: {questions}."
ADVISOR_NOT_ADDED = (
    "They weren't added in chat, so I can't take them away here. If they are an advisor, the setting "
    "ADVISORS names them, and whoever runs me can change it."
)
DIGEST_ON = (
    "You'll get a short digest each week: what went out, who is silent, what cooled. “digest off” ends it."
)
DIGEST_OFF = "No more weekly digests for you. “digest on” brings them back."
