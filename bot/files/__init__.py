"""Load posts from files: plain texts, JSON Lines and Telegram Desktop exports."""

from bot.files.load import load_posts, read_posts

__all__ = ["load_posts", "read_posts"]
