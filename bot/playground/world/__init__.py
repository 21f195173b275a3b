"""What there is: accounts, chats and files, who may do what, who writes where, and which bot hears of it."""
