"""What people ask of the bot: one module for each command."""
