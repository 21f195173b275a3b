"""Writing digests as messages of Telegram HTML."""
