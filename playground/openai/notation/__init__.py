"""The ways in which people write knowledge entries into a prompt."""
