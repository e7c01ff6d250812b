"""What is run from a laptop beside the bot: tools for whoever sets it up and looks after it."""
