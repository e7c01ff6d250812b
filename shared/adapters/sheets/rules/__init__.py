"""What is right in each tab: one set of rules for the bot that skips a row and for the report that names it."""
