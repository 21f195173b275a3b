"""What waits to be worked on: the inbox of updates, the outbox of messages, and what is kept for the work on them."""
