"""Stories: posts that tell the same event, how much each story matters, and posts that tell no news."""
