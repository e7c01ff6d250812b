"""Updates and how they reach the bot (tdlib/telegram-bot-api, WebhookActor.cpp)."""
