"""Taking posts in: what messages and files carry is kept as posts of a desk."""
