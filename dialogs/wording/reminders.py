"""The words of reminders and pulses that run: to those who receive them, and to their advisors."""

from __future__ import annotations

# --- To a recipient -------------------------------------------------------------------------------

WHY = "Why: {why}"
FROM = "From {name}"
DONE, TOMORROW, NEXT_WEEK, STOP = "Done", "Tomorrow", "Next week", "Stop these"
COMMENT = "Add a comment"
SCALE = "1 is “{low}”, 5 is “{high}”."
PLAIN_SCALE = "1 is the least, 5 the most."
ANONYMOUS = (
    "Anonymous: who took part is kept apart from what was answered, and results show groups of three or "
    "more. An answer that was given can't be changed."
)
NAMED = "Named: our advisors see who answered what."
NUDGE = "*Again, since I haven't heard from you:*"

YOU_ANSWER_FOR = "You answer for **{name}**: what you press counts as theirs."
NOT_FOR_THEM = "You don't answer for them any more, so nothing was changed."

# --- After a press ----------------------------------------------------------------------------------

DONE_NOTE = "Done. Thank you."
DONE_ALREADY = "That one was done already. Thank you."
DONE_BY = "Done by {name}. Thank you."
SNOOZED = "All right: I'll bring it back {when}."
SNOOZE_TOO_LATE = "You've already dealt with that one, so there is nothing to put off."
ANSWERED = "Thank you: {value} it is."
ANSWERED_ANONYMOUS = "Thank you: your answer is in. Nobody learns that it is yours."
ANSWERED_ANEW = "Thank you: {value} it is now, in place of your first answer."
ANSWERED_NOTED = "Thank you: {value}, with your note."
ANSWERED_ANEW_NOTED = "Thank you: {value} it is now, with your note, in place of your first answer."
ANSWERED_ANONYMOUS_NOTED = "Thank you: your answer and your note are in. Nobody learns that they are yours."
CHANGE_ANSWER = "Change"
CANT_CHANGE = "An anonymous answer can't be changed: I don't know which one is yours."
ANSWERED_ALREADY = "You've answered this one already, and with anonymous answers the first one counts."
ANSWER_WHICH = "Which one is it? Nothing is kept until you say."
ANSWER_RANGE = "The answers go from 1 to 5. Nothing was kept."
NEEDNT = "That's fine: you needn't answer, and then you just aren't counted."
NO_ANSWER = f"{NEEDNT} If you'd like to after all, press a number, or I can bring it back later."
DONE_YET = {
    False: "Is it done already? Then press “Done”. Otherwise it stays as it is.",
    True: "Is it done already? Then press “Done”. Otherwise it stays as it is, or I can bring it back:",
}
"""Of what all of a channel were sent, and of what one person was sent alone (True)."""
COMMENT_NOTE = "Thank you, your comment is kept."
COMMENT_ALREADY = "You've added a comment to this one already. Nothing was changed."
COMMENT_FORM, COMMENT_SUBMIT = "Your comment", "Send"
COMMENT_FIELD = "What would you like to add?"
COMMENT_ANONYMOUS = "Kept without your name, and shown once three people have answered."
COMMENT_NAMED = "Shown with your name to our advisors."
COMMENT_EMPTY = "Write something first, or close this page."
COMMENT_LONG = "That is {count} characters; I take at most {limit}. Shorten it a little, and nothing is lost."
OPEN_COMMENT = "Press the button to write your comment, or type **comment:** and your words after it."
STOPPED = "Done: no more of these for you."
STOPPED_ALL = "Done: no more reminders or pulses for you from our advisors."
STOPPED_BUT_OWN = f"{STOPPED_ALL} Any that you set yourself go on: “my reminders” ends them."
"""The same, to somebody who can set their own."""
START_THESE_AGAIN, START_ALL_AGAIN = "Start these again", "Start them again"
OWN_OVER = "That one has ended. To have it again, say it anew: “remind me …”."
STARTED_AGAIN = "Welcome back: you'll get these again from the next one on."
STARTED_AGAIN_ALL = "Welcome back: you'll get reminders and pulses again from the next one on."
NOT_STOPPED = "You hadn't stopped these, so nothing changed: they come as before."
NOTHING_STOPPED = (
    "You hadn't stopped all of them, so nothing changed. “reminders” shows any that you stopped."
)
ALL_STILL_STOPPED = " You've stopped all of them, though:"
NOTED = "All right, it stays as it is."
OVER = "That one has ended, and takes no more answers. Nothing was changed."
GONE = "I can't find that one: it ended long ago, or never was. Nothing was changed."
NOT_YOURS = "That one wasn't sent to you here, so nothing was changed."
NO_SUCH_DATE = "I have no record of that date. Nothing was changed."
NO_HURRY = "There's no hurry: it stays open."
NO_MORE = "I sent it on {when}, and no more of it is coming to you."
NO_REPLY = "I didn't understand that as a reply to this, so nothing was kept."
REPLIES: dict[str, str] = {
    "pulse": "Answer from 1 to 5, with a note if you like (“4 - begun well”), or add “comment: …”. To ask me "
    "something, make it a question.",
    "remind": "You can say “done”, “tomorrow” or “stop these”. To ask me something, make it a question.",
}
CHANNEL_REPLIES: dict[str, str] = {
    "pulse": "Press your answer under the question. To ask me something, make it a question.",
    "remind": "Whoever has done it says “done”. To ask me something, make it a question.",
}
SET_UP = "{name} set this up: {when}."
SET_UP_OWN = "You set this up yourself: {when}."
NOT_A_PULSE = "That is a reminder, which has no answers from 1 to 5. Nothing was changed."
NOT_A_REMINDER = "That is a pulse: answer it from 1 to 5. Nothing was changed."
SOMEBODY = "somebody"


def answered(value: str, *, anonymous: bool, became: str, noted: bool) -> str:
    """What somebody is told who has answered; ``became``: "ok", "anew" or "first"; ``noted``: with a note."""
    if became == "first":
        return ANSWERED_ALREADY
    if anonymous:
        return ANSWERED_ANONYMOUS_NOTED if noted else ANSWERED_ANONYMOUS
    if became == "anew":
        return (ANSWERED_ANEW_NOTED if noted else ANSWERED_ANEW).format(value=value)
    return (ANSWERED_NOTED if noted else ANSWERED).format(value=value)


# --- Reminders to oneself alone -------------------------------------------------------------------------

STANDS = {False: "It stands", True: "The change is saved"}
"""Of what is begun, and of what ran already and was changed (True); so below."""
OWN_STANDS = "**{stands}**: I'll remind you, and nobody else, of “{what}” {when}."
OWN_HOW = "“my reminders” lists yours, with ways to change or end them."
OWN_UNREACHED = (
    "**Nothing was set up**: I can't write to you in a direct chat yet. Open one with me, or install "
    "Sharewise for yourself, and say it again there."
)
OWN_TOO_MANY = (
    "**Nothing was set up**: you have {limit} reminders of your own open already, and that's as many as I "
    "keep at a time. End one of them under “my reminders”, then say “{what}” again."
)
OWN_ENDED = "Ended. You won't be reminded of it again."
OWN_AGAIN = "Sending it again."
OWN_NO_REPORT = (
    "That one is for you alone: there is nobody else to report on, to nudge, or to hand it over to. “my "
    "reminders” changes and ends it."
)

# --- A reply that is typed ----------------------------------------------------------------------------

WHICH = "Which one do you mean?"
WHICH_NOTED = (
    "Which one do you mean? Your note isn't kept yet: press “Add a comment” once I have your answer."
)
NOT_FOR_YOU = (
    "If this isn't for you, or not any more, I can stop sending it to you. Whoever set it would be glad to "
    "hear who should get it instead."
)
MEANT = "Is that your answer to “{called}”? Nothing is kept yet."
FOR_ONE: dict[str, str] = {
    "answer": "{rest}: {called}", "done": "Done: {called}", "stop": "Stop: {called}",
    "start again": "Start again: {called}", "change answer": "Change: {called}",
    "snooze tomorrow": "Tomorrow: {called}", "snooze week": "Next week: {called}",
    "snooze hour": "In an hour: {called}", "comment": "Comment: {called}",
}  # fmt: skip
IN_AN_HOUR = "In an hour"
UNTIL_WHEN = "I can bring it back in an hour, tomorrow or next week. When?"
NO_NOTES = " I keep no notes with reminders: tell whoever set it, unless that was you."
PRESS_INSTEAD = (
    "I haven't taken that: these answers are anonymous, and this one stood here for all to read. Press your "
    "answer under the question, or delete your message and answer there."
)
NOTHING_WAITS = "Nothing that I sent you waits for that here. “reminders” shows what you receive."
ANSWER_IT = "If you mean one that I sent to all of you, press its button, or reply to that message itself."
FOR_ALL: dict[str, str] = {
    "stop": (
        "This comes to the whole channel, so nobody can stop it for themselves. Our advisors can pause or "
        "end it."
    ),
    "start again": "This comes to the whole channel, so nobody has stopped it for themselves.",
    "snooze": "This stands here for the whole channel, and can't be put off for one person. It waits here.",
    "comment": "Press the button to write your comment:",
    "change answer": "Press another number under the question: it takes the place of your first answer.",
}
"""What one of many is told of what was sent to all of them."""

# --- To the advisor: starting and steering --------------------------------------------------------

REACHES = {False: "**“{what}” is set up**", True: "**The change to “{what}” is saved**"}
GOES_TO = "It goes to {whom}."
COUNTED: dict[str, tuple[str, str]] = {
    "person": ("one person {where}", "{count} people {where}"),
    "channel": ("one channel {where}", "{count} channels {where}"),
}
FIRST = {False: "The first one goes out {when}.", True: "The next one goes out {when}."}
NO_DATES = "No date is left in it, so nothing will be sent: change it to have another."
NOBODY = (
    "**Nothing was started**: I found nobody whom this could reach. Name people, channels or one of your "
    "lists and try again."
)
NOBODY_CHANGE = "**Nothing was changed**: I found nobody whom it could reach then. It goes on as it was."
UNDATED = {
    False: "**Nothing was started**: “{what}” has no dates that I could keep. Set it again, and say when, "
    "such as “every Monday at 9”.",
    True: "**Nothing was changed**: “{what}” would have no dates that I could keep. It goes on as it was.",
}
ADVISES_NO_MORE = {
    False: "**Nothing was started**: when I came to “{what}”, you were no longer an advisor. Ask one.",
    True: "**Nothing was changed**: when I came to “{what}”, you were no longer an advisor. Ask one.",
}
"""To whoever starts a series, or changes one (True)."""
CHECK_GONE = "That readiness check was a while ago, and who took part in it is no longer kept."
LIST_GONE = "There is no list called “{name}” any more."
GROUP_FAILED = "I couldn't look up the group {name}: {why}."
ZONES_UNKNOWN = "I don't know the time zone of {count}, so I take yours."
CANT_REACH = "**I can't write to {count}**: {names}. {what_to_do}"
WHAT_TO_DO: dict[str, str] = {
    "not_in_channel": "Invite me there with /invite @Sharewise.",
    "channel_not_found": "If it is a private channel, invite me there with /invite @Sharewise.",
    "is_archived": "That channel is archived: name another, or bring it back.",
    "account_inactive": "They are no longer in the workspace: take them out, or name who took over.",
    "user_not_found": "I know nobody there by that name: mention them again.",
    "users_not_found": "I know nobody there by that name: mention them again.",
    "missing_scope": "I lack the permission to look there: ask whoever runs me for the present manifest.",
    "not_met": "Ask them to write to me once, or to install Sharewise.",
    "not_installed": "Ask them to install Sharewise, or to write to me once.",
    "is_bot": "That is a bot.",
    "mail_domain": "Whoever runs me can let me write there (MAIL_DOMAINS).",
    "platform_off": "That platform isn't connected.",
    "too_many": "That is more than I send to at once.",
}
ASK_THEM = "Ask them to write to me once, or to install Sharewise."
BLOCKED_ME = "has blocked me or removed Sharewise"
NOT_INSTALLED = "hasn't installed Sharewise"
NO_MAILBOX = "their mail server takes no mail for that address"
NOT_ALLOWED = "may not use Sharewise, by their administrator's rules"
OTHER_REASON = "the platform refused it"
REASONS: dict[str, str] = {
    "not_in_channel": "I'm not in that channel",
    "channel_not_found": "no such channel, or one that I'm not in",
    "is_archived": "the channel is archived",
    "account_inactive": "no longer in the workspace",
    "user_not_found": "not found",
    "users_not_found": "not found",
    "not_met": "has never written to me",
    **dict.fromkeys(("not_installed", "ForbiddenOperationException"), NOT_INSTALLED),
    "BotDisabledByAdmin": NOT_ALLOWED,
    **dict.fromkeys(("403", "ConversationBlockedByUser", "MessageWritesBlocked"), BLOCKED_ME),
    "BotNotInConversationRoster": BLOCKED_ME,
    "no_such_mailbox": NO_MAILBOX,
    "mail_refused": "their mail server refused it",
    "mail_domain": "I may not write to addresses there",
    "404": "the conversation is gone",
    "ConversationNotFound": "the conversation is gone",
    "user_disabled": "no longer in the workspace",
    "user_not_visible": "not to be seen by me any more",
    "messages_tab_disabled": "takes no messages from apps",
    "cannot_dm_bot": "a bot",
    "missing_scope": "I lack the permission; whoever runs me can put in the app's present one",
    "no_groups_in_teams": "Teams doesn't tell me who is in a tag",
    "no_such_subteam": "there is no such user group",
    "restricted_action": "not everybody may write there",
    "is_bot": "a bot",
    "platform_off": "the platform isn't connected",
    "quiz_open": "another quiz was open there all the time",
    "no_questions": "there are no questions on its topic any more",
    "channel_gone": "I couldn't post there: the channel is gone, or I am not in it",
    "gave_up": "the platform wouldn't take it, though I tried for a long time",
}
BLOCKING = frozenset(why for why, said in REASONS.items() if said in (BLOCKED_ME, NOT_INSTALLED, NOT_ALLOWED))
"""Why somebody is left out until they write."""
BOUNCING = frozenset({"no_such_mailbox"})
"""Why an address is left out until an advisor sends to it again."""
UNNAMED: dict[str, str] = {"person": "somebody whose name I don't know", "channel": "a channel or group chat"}
GROUP_UNNAMED = "that you named"
DONE_BEFORE = "That has happened already. Nothing was changed."
STEERED: dict[str, str] = {
    "pause": "Paused. Nothing goes out until you resume it.",
    "resume": "Resumed. The next one goes out {when}.",
    "skip": "Left out: the one on {date}. The next one goes out {when}.",
    "cancel": "Ended. What was still to go out is cancelled; the report stays.",
}
NO_NEXT = "There is no date left, so nothing more goes out."
NOTHING_TO_SKIP = "There is no date to leave out."
NOT_WHILE_PAUSED = "It is paused: resume it first."
NOT_YET = "It hasn't gone out yet, so there is nothing to report."
NO_NUDGE = "A quiz isn't nudged: whoever comes late can catch up by its card."
AGAIN = {
    "again": ("Sending it again to {count}.", "Nobody's message has failed there: nothing to repeat."),
    "nudge": ("Nudging {count}.", "Everybody whom it reached has answered, so there is nobody to nudge."),
}  # fmt: skip
