"""What is kept of chats and people: the posts of desks, what reading knows of them, and what was chosen."""
