"""Calls to Google: paced, shared, one at a time."""
