"""MarketingBot: what every function carries."""
