"""What the bot is about, without the outside: appeals, partners, promotions, texts."""
