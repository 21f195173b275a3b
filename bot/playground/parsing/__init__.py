"""What Telegram makes of a text: its mark-up, the entities it finds by itself, their order."""
