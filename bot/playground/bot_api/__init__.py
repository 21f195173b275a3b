"""What bots can do: the Bot API over HTTP, its methods, the faults that happen to calls, and the ways of updates."""
