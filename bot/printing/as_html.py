"""A digest as a page of HTML that stands alone: no scripts, nothing loaded from elsewhere."""

from collections.abc import Iterator
from html import escape

from bot.printing.page import Block, Link, Page, foot

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1.05rem/1.55 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem;
  overflow-wrap: anywhere; }
article { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: 1rem 0; }
article:first-of-type { border: 0; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 0 0 .5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; margin: 1rem 0 0; font-size: .95rem; }
dt { opacity: .7; }
dd { margin: 0; }
footer { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: 1rem 0; opacity: .7; }
ul { margin: 0; padding: 0; list-style: none; }
"""


def as_html(page: Page) -> str:
    """Return the page as an HTML document."""
    body = "\n".join("\n".join(["<article>", *_block(block), "</article>"]) for block in page.blocks)
    return (
        f'<!doctype html>\n<html lang="{escape(page.lang)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Digest</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n"
        f"<footer>{escape(foot(page))}</footer>\n</body>\n</html>\n"
    )


def _block(block: Block) -> Iterator[str]:
    yield f"<h2>{escape(block.title)}</h2>"
    for sentence in block.sentences:
        yield f"<p>{escape(sentence)}</p>"
    facts = list(_facts(block))
    if facts:
        yield "\n".join(["<dl>", *facts, "</dl>"])


def _facts(block: Block) -> Iterator[str]:
    if block.actors:
        rows = (f"<li><b>{escape(name)}</b>{f', {escape(role)}' if role else ''}</li>" for name, role in block.actors)
        yield f"<dt>Actors</dt><dd><ul>{''.join(rows)}</ul></dd>"
    if block.figures:
        rows = (
            f"<li><b>{escape(figure.span)}</b>{f' — {escape(figure.about)}' if figure.about else ''}</li>"
            for figure in block.figures
        )
        yield f"<dt>Numbers</dt><dd><ul>{''.join(rows)}</ul></dd>"
    if block.conflicts:
        rows = (f"<li>{escape(about)}: {escape('; '.join(values))}</li>" for about, values in block.conflicts)
        yield f"<dt>Figures differ</dt><dd><ul>{''.join(rows)}</ul></dd>"
    if block.updates:
        rows = (f"<li>{escape(about)}: {escape('; '.join(values))}</li>" for about, values in block.updates)
        yield f"<dt>Figures over time</dt><dd><ul>{''.join(rows)}</ul></dd>"
    if block.links:
        rows = (f"<li>{_link(link)}</li>" for link in block.links)
        yield f"<dt>Sources</dt><dd><ul>{''.join(rows)}</ul></dd>"


def _link(link: Link) -> str:
    title = f'<a href="{escape(link.url)}">{escape(link.title)}</a>' if link.url else escape(link.title)
    if not link.date:
        return title
    return f'{title}, <time datetime="{link.date.isoformat()}">{link.time}</time>'
