"""Answering what people ask of their posts: find the posts, show them, and show them again in another way."""
