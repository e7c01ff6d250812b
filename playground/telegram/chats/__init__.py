"""Who there is and what was said: users, chats, messages, files."""
