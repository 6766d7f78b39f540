"""The page of the big screen: large, in simple HTML, and following by itself what happens."""

from __future__ import annotations

from html import escape

from bot.platforms.mail.html import html
from bot.platforms.strict_pages import headers
from dialogs.core.figures import figure, greatest, share, value_at
from dialogs.core.replies import Block, Chart, Reply, Title
from dialogs.wording import screen as words

_SERIES = 6
"""As many kinds of bars as are told apart."""

STYLE = (
    ":root{color-scheme:light dark;--ink:#14141a;--paper:#fff;--track:#e4e4ea;--s0:#0b4f8a;--s1:#b35c00;"
    "--s2:#00705a;--s3:#6b3fa0;--s4:#2f7fb5;--s5:#a3123a}"
    "@media(prefers-color-scheme:dark){:root{--ink:#f4f4f6;--paper:#16161a;--track:#34343c;--s0:#8cc4f5;"
    "--s1:#ffb45c;--s2:#66d6b8;--s3:#c9a8f5;--s4:#b5dcff;--s5:#ff9db5}}"
    "*{box-sizing:border-box}body{margin:0 auto;padding:3vmin 4vmin;max-width:120rem;background:var(--paper);"
    "color:var(--ink);font:clamp(1.1rem,2.6vmin + .3vw,3.2rem)/1.35 system-ui,sans-serif;"
    "overflow-wrap:anywhere}"
    "h1,h2,h3{line-height:1.15;margin:.6em 0 .4em}"
    "h1{margin-top:0;font-size:1.5em}h2{font-size:1.05em}"
    "p,ul,dl{margin:0 0 .6em}dt{font-weight:600}dd{margin:0 0 .3em}small{font-size:.65em}"
    "figure{margin:.6em 0}figcaption{font-weight:600;margin-bottom:.3em}"
    ".bar{display:grid;grid-template-columns:1fr 3em;gap:0 .5em;align-items:center;margin-bottom:.35em}"
    ".bar>span{grid-column:1/-1}.bar b{text-align:right}svg{width:100%;height:.8em;display:block}"
    "rect{fill:var(--track)}.s0{fill:var(--s0)}.s1{fill:var(--s1)}.s2{fill:var(--s2)}.s3{fill:var(--s3)}"
    ".s4{fill:var(--s4)}.s5{fill:var(--s5)}#away{font-weight:600}#away:empty{display:none}"
    ".grouped .bar{grid-template-columns:30% 1fr 3em;font-size:.75em}.grouped .bar>span{grid-column:auto}"
    ".grouped h2{margin:.5em 0 .2em;font-size:.85em}"
    # Beside each other where there is the room: what it comes to, and what it rests on.
    "@media(min-aspect-ratio:4/3){main:has(.grouped){columns:2;column-gap:3em;font-size:.76em}"
    "main:has(.grouped) h1{column-span:all}figure{break-inside:avoid}}"
)
SCRIPT = (
    "const main=document.querySelector('main'),away=document.getElementById('away');"
    "async function look(){let next=2000;try{const answer=await fetch(location.href,{cache:'no-store'});"
    "const page=new DOMParser().parseFromString(await answer.text(),'text/html').querySelector('main');"
    "if(answer.status>=500)throw 0;away.textContent='';"
    "if(page&&page.innerHTML!==main.innerHTML)main.innerHTML=page.innerHTML;"
    "if(!answer.ok)return;}catch{away.textContent=main.dataset.away;}setTimeout(look,next);}"
    "if(main.dataset.away)setTimeout(look,2000);"
)


HEADERS = headers(STYLE, SCRIPT)


def page(reply: Reply, *, lives: bool) -> str:
    """A whole page; ``lives``: whether it goes on looking for what is new."""
    inside = "\n".join(_drawn(block) for block in reply.blocks)
    title = escape(words.TITLE)
    away = f' data-away="{escape(words.AWAY)}"' if lives else ""
    return (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>\n'
        f'<body><main aria-live="polite"{away}>{inside}</main><p id="away" role="status"></p>'
        f"<script>{SCRIPT}</script></body></html>\n"
    )


def _drawn(block: Block) -> str:
    if isinstance(block, Chart) and block.kind == "bars":
        return _bars(block)
    if isinstance(block, Title):
        return f"<h1>{escape(block.text)}</h1>"
    return html(Reply((block,)), lambda choice: "")


def _bars(chart: Chart) -> str:
    """Each figure as a bar with the figure beside it; the bar says nothing more to those who hear."""
    top, rows, grouped = greatest(chart), list[str](), len(chart.series) > 1
    for at, label in enumerate(chart.labels):
        if grouped:
            rows.append(f"<h2>{escape(label)}</h2>")
        for number, series in enumerate(chart.series):
            value = value_at(series.values, at)
            full = f'<rect width="{share(value, top) * 100:.1f}" height="10" class="s{number % _SERIES}"/>'
            rows.append(
                f'<div class="bar"><span>{escape(series.name if grouped else label)}</span>'
                '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
                f'<rect width="100" height="10"/>{full}</svg><b>{escape(figure(value))}</b></div>'
            )
    kind = ' class="grouped"' if grouped else ""
    return f"<figure{kind}><figcaption>{escape(chart.title)}</figcaption>{''.join(rows)}</figure>"
