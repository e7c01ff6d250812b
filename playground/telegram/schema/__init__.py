"""What a well-formed call looks like: the playground's own table of the Bot API and the check against it."""
