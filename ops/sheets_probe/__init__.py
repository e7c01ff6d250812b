"""Does Google Sheets do what the bot relies on and Google does not document? Tried on a scratch tab."""
