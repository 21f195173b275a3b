"""Print digests: JSON for programs, text for terminals, Markdown and HTML for pages."""

from bot.printing.as_html import as_html
from bot.printing.as_json import as_json
from bot.printing.as_markdown import as_markdown
from bot.printing.as_text import as_text
from bot.printing.on_terminal import print_on_terminal
from bot.printing.page import lay_out

__all__ = ["as_html", "as_json", "as_markdown", "as_text", "lay_out", "print_on_terminal"]
