"""The pages that links lead to: plain HTML that needs no script, and fetches nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import assert_never

from bot.platforms.mail.html import html
from bot.platforms.strict_pages import headers
from dialogs.core.figures import progress
from dialogs.core.forms import Audience, Field, Form, Option, SelectField, TextEntry
from dialogs.core.replies import Choice, Progress, Reply, Text
from dialogs.wording import mail as words

TokenOf = Callable[[Choice], str]
"""Makes the token of a button, for whoever sees the page."""

STYLE = (
    ":root{color-scheme:light dark;--ink:#1d1d1f;--paper:#fff;--link:#0b4f8a;--line:#6b6b70;--bad:#a3123a}"
    "@media(prefers-color-scheme:dark){:root{--ink:#f2f2f4;--paper:#1b1b1e;--link:#9ecbf5;--line:#a0a0a8;"
    "--bad:#ff9db5}}"
    "*{box-sizing:border-box}body{font:1.0625rem/1.5 system-ui,sans-serif;color:var(--ink);"
    "background:var(--paper);margin:0 auto;padding:1rem;max-width:38rem;overflow-wrap:anywhere}"
    "h1{font-size:1.4rem;line-height:1.25}h2,h3{font-size:1.1rem}a{color:var(--link)}"
    "blockquote{margin:1rem 0;padding-left:1rem;border-left:.25rem solid var(--line)}"
    "form{margin:.5rem 0}.ways{display:flex;flex-wrap:wrap;gap:0 .5rem}"
    "button{font:inherit;font-weight:600;min-height:2.75rem;padding:.5rem 1rem;border-radius:.4rem;"
    "border:2px solid var(--link);background:var(--paper);color:var(--link);cursor:pointer}"
    "button.main{background:var(--link);color:var(--paper)}"
    "label,legend{display:block;font-weight:600;margin-top:1rem}.hint{margin:.25rem 0}"
    "textarea,input[type=text]{font:inherit;width:100%;padding:.5rem;color:inherit;background:var(--paper);"
    "border:2px solid var(--line);border-radius:.4rem}fieldset{border:0;padding:0;margin:0}"
    "fieldset label{font-weight:400;min-height:2.75rem}"
    ".bad{color:var(--bad);font-weight:600}dt{font-weight:600}dd{margin:0 0 .5rem}"
    "footer{margin-top:2rem;padding-top:.5rem;border-top:1px solid var(--line)}"
    ":focus-visible{outline:3px solid var(--link);outline-offset:3px}"
)
HEADERS = headers(STYLE, forms=True)


def page(title: str, parts: Iterable[str], below: Iterable[str] = (), *, wrong: bool = False) -> str:
    """A whole page. ``parts``, ``below``: HTML of what it says, and of its foot; ``wrong``: whether something
    that was filled in is to be looked at again."""
    foot = "".join(below)
    head = f"{words.WRONG}: {title}" if wrong else title
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{escape(head)} · '
        f'{words.PAGE}</title><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head>\n<body><main><h1>{escape(title)}</h1>\n{''.join(parts)}</main>"
        f"{f'<footer>{foot}</footer>' if foot else ''}</body></html>\n"
    )


def said(text: str) -> str:
    """A paragraph."""
    return f"<p>{escape(text)}</p>"


def button(token: str, label: str, *, main: bool = False) -> str:
    """A button that acts when it is pressed, and only then."""
    kind = ' class="main"' if main else ""
    return f'<form method="post" action="{token}"><button{kind}>{escape(label)}</button></form>'


def way(token: str, label: str) -> str:
    """A link to a page that asks."""
    return f'<p><a href="{token}">{escape(label)}</a></p>'


def shown(reply: Reply, token: TokenOf, label: Callable[[Choice], str]) -> str:
    """A reply, its buttons with it."""
    return html(reply, lambda choice: button(token(choice), label(choice), main=choice.primary))


def form(filled: Form, token: str, errors: Mapping[str, str]) -> str:
    """A form, as it was filled in; ``errors``: what is wrong, by the field's id."""
    fields = "".join(_field(field, errors) for field in filled.fields)
    end = f'<p><button class="main">{escape(filled.submit)}</button></p>' if filled.submit else ""
    mark = '<input type="hidden" name="form" value="1">'
    return f'<form method="post" action="{token}">{mark}{fields}{end}</form>'


def _field(field: Field, errors: Mapping[str, str]) -> str:
    match field:
        case Text():
            return html(Reply((field,)), lambda choice: "")
        case Progress():
            far = progress(field)
            return said(far[2]) if far else ""
        case TextEntry():
            name, about, told = _told(field, errors)
            attributes, value = f'{name} maxlength="{field.longest}"{about}', escape(field.value)
            box = f'<input type="text" {attributes} value="{value}">'
            if field.lines:
                box = f'<textarea {attributes} rows="6">{value}</textarea>'
            return f'<label for="{_id(field.id)}">{escape(field.label)}</label>{told}{box}'
        case SelectField():
            name, about, told = _told(field, errors)
            options = "".join(_option(field, option, number) for number, option in enumerate(field.options))
            return f"<fieldset{about}><legend>{escape(field.label)}</legend>{told}{options}</fieldset>"
        case Audience():
            return ""  # nobody is chosen by mail
        case _:
            assert_never(field)


def _told(field: TextEntry | SelectField, errors: Mapping[str, str]) -> tuple[str, str, str]:
    """A field's names, what describes it, and that as HTML."""
    id, wrong = _id(field.id), errors.get(field.id, "")
    parts = [(f"{id}-hint", "hint", field.hint), (f"{id}-wrong", "bad", wrong)]
    there = [part for part in parts if part[2]]
    about = f' aria-describedby="{" ".join(part[0] for part in there)}"' if there else ""
    about += ' aria-invalid="true"' if wrong else ""
    told = "".join(f'<p id="{at}" class="{kind}">{escape(text)}</p>' for at, kind, text in there)
    return f'id="{id}" name="{escape(field.id)}"', about, told


def _option(field: SelectField, option: Option, number: int) -> str:
    kind = "checkbox" if field.many else "radio"
    chosen = " checked" if option.value in field.value.split(",") else ""
    id = f"{_id(field.id)}-{number}"
    return (
        f'<label for="{id}"><input type="{kind}" id="{id}" name="{escape(field.id)}" '
        f'value="{escape(option.value)}"{chosen}> {escape(option.label)}</label>'
    )


def _id(name: str) -> str:
    return "field-" + "".join(letter if letter.isalnum() else "-" for letter in name)
