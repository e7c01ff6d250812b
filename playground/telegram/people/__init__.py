"""What people do and see: the other side of the chat, outside the Bot API and its limits."""
