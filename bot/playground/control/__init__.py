"""What no bot can do: what people write and press, how chats come to be, and under which conditions calls are made."""
