"""Messages much as the two renderers send them."""

from __future__ import annotations

from typing import Any

Payload = dict[str, Any]


def mrkdwn(text: str) -> Payload:
    return {"type": "mrkdwn", "text": text}


def plain(text: str) -> Payload:
    return {"type": "plain_text", "text": text}


def button(label: str, says: str, **more: Any) -> Payload:
    return {"type": "button", "action_id": f"say:{says}"[:255], "text": plain(label), "value": says, **more}


THUMBS: Payload = {
    "type": "context_actions",
    "elements": [
        {
            "type": "feedback_buttons",
            "action_id": "feedback",
            "positive_button": {"text": plain("Helpful"), "value": "helpful"},
            "negative_button": {"text": plain("Not helpful"), "value": "not helpful"},
        }
    ],
}


def section(*lines: str) -> Payload:
    return {"type": "section", "text": mrkdwn("\n".join(lines))}


SLACK_ANSWER: Payload = {
    "channel": "C0BOARD",
    "text": "It matters most of all.",
    "blocks": [
        section(
            "*It matters most of all.* The deck's first success factor is political and chief-executive "
            "buy-in from the outset, and it underlines that interest _must_ be maintained."
        ),
        {"type": "context", "elements": [mrkdwn("*Critical Success Factors*, 2009 deck")]},
        section(
            "*In practice* (our guidance)",
            "Don't wait for the next board. Ask the leader for fifteen minutes, and bring one result that "
            "their residents would notice and one decision that only they can take.",
        ),
        section("*Ask yourselves*", "• When did the leader last say in public why we are doing this?"),
        {
            "type": "actions",
            "elements": [
                button("Tell me why", "why factor-buy-in", style="primary"),
                button("How many partners is best?", "show factor-partner-numbers"),
                button("Keep the model simple", "show factor-simplicity"),
            ],
        },
        THUMBS,
    ],
}


def text(words: str, **more: Any) -> Payload:
    return {"type": "TextBlock", "text": words, "wrap": True, **more}


def part(label: str, words: str, style: str) -> Payload:
    items = [text(label, weight="Bolder"), text(words, spacing="Small")]
    return {"type": "Container", "style": style, "spacing": "Medium", "items": items}


def execute(title: str, says: str, **more: Any) -> Payload:
    said = {"title": title, "data": {"says": says}}
    return {
        "type": "Action.Execute",
        "verb": "say",
        **said,
        **more,
        "fallback": {"type": "Action.Submit", **said},
    }


def card(*body: Payload, **more: Any) -> Payload:
    """A Teams message with one card."""
    content = {"type": "AdaptiveCard", "version": "1.5", "body": list(body), **more}
    return {
        "type": "message",
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": content}],
    }


CLAIM: Payload = {
    "@type": "Claim",
    "position": 1,
    "appearance": {
        "@type": "DigitalDocument",
        "name": "Critical Success Factors, 2009 deck",
        "abstract": "Political and CEO buy-in from the outset.",
        "keywords": ["18 November 2009"],
    },
}

TEAMS_ANSWER: Payload = {
    **card(
        part("What the deck says", "Buy-in from the outset, and interest *must* be maintained.", "emphasis"),
        part(
            "In practice (our guidance)",
            "Don't wait for the next board:\n\n- ask for fifteen minutes\n- bring one result",
            "default",
        ),
        {
            "type": "ActionSet",
            "actions": [
                execute("Tell me why", "why factor-buy-in", style="positive"),
                execute("How many partners is best?", "show factor-partner-numbers"),
            ],
        },
    ),
    "textFormat": "markdown",
    "text": "**It matters most of all.** The deck's first factor is political and executive buy-in. [1]",
    "entities": [{"type": "https://schema.org/Message", "@type": "Message", "@id": "", "citation": [CLAIM]}],
    "channelData": {"feedbackLoop": {"type": "default"}},
}


def blocks(*parts: Payload) -> Payload:
    """A Slack message of these blocks."""
    return {"channel": "D0", "text": "sample", "blocks": list(parts)}
