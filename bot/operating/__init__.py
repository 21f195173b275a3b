"""Operating: what somebody who runs the bot asks of it on the command line."""
