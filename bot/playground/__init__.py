"""TRYING: a local Telegram, a Bot API server with a page in the browser; it knows nothing of the bot."""
