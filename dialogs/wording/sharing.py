"""What is said of answers that somebody puts before others."""

from __future__ import annotations

SHARE_HERE, SHARE = "Share here", "Share"
SHARED_BY, SHARED = "*Shared by {name}*", "*Shared by a colleague*"
PREVIEW = "This is what I'd post in {where}, for everybody there:"
OUTSIDERS = "People of other organisations are there too. "
WITHOUT_QUESTION = "Your question isn't part of it."
NAMED, UNNAMED = "**#{name}**", "that channel or chat"
SEND, DROP = "Post it", "Don't post"
POSTED = "Posted in {where}, as shared by you. Should the chat refuse it, I'll tell you."
NOT_SENT = "Not posted. Nobody else has seen it."
STALE = "That isn't waiting to be posted any more. Say **share here** under an answer to see it again."
THERE = "You have shared that in {where} already: it's there."
SEEN = "Everybody here can see that answer already, so there's nothing to share."
WHERE = (
    "Where? Say **share here** to me in that channel, or mention the channel here, where the chat lets you. "
    "I'll show you what I'd post before it goes."
)
WHERE_IS = (
    "I can't find “{name}” by its name alone. Mention the channel here, or say **share here** to me there; "
    "in a group chat that is the only way. I'll show you what I'd post before it goes."
)
NO_LESSON = (
    "Ask me something first. Once I've answered you, **share here** shows what I'd post of it, and posts it "
    "when you say so."
)
NO_MEMORY = "I can't share anything just now, as my memory is away. Please try again in a few minutes."
NOT_FROM_HERE = "There's no channel that I could post in from here. In Slack or Teams there is."

REFUSED = "I couldn't post in {where}: {why} Nothing was shared."
NOT_THERE = "I'm not in it. Add me there (in Slack, **/invite @Sharewise**), then share it again."
READ_ONLY = "not everybody may write there. Choose another channel, or ask whoever looks after that one."
WHY_NOT = {
    "not_in_channel": NOT_THERE,
    "channel_not_found": NOT_THERE,
    "not_installed": NOT_THERE,
    "not_met": NOT_THERE,
    "BotNotInConversationRoster": NOT_THERE,
    "ConversationNotFound": NOT_THERE,
    "not_theirs": "you aren't in it, as far as I can see. Join it first, or choose another channel.",
    "external": (
        "people of other organisations are in it. If it's meant for them too, say **share here** to me there."
    ),
    "is_archived": "it's archived. Choose another channel.",
    "read_only": READ_ONLY,
    "restricted_action": READ_ONLY,
    "restricted_action_read_only_channel": READ_ONLY,
    "restricted_action_thread_only_channel": READ_ONLY,
    "restricted_action_non_threadable_channel": READ_ONLY,
    "MessageWritesBlocked": READ_ONLY,
    "away": "I can't reach the chat's own service just now. Please try again in a few minutes.",
}
OTHER = "the chat doesn't let me. Choose another channel, or ask whoever looks after that one."

RECORD = "shared by you in {where}"
RECORD_NAMED, RECORD_UNNAMED = "#{name}", "a channel"
