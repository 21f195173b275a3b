"""What people ask for, in words and in options, as a request."""
