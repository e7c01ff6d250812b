"""The Authorisation tab: who may log in and who has, through imports and sorts."""
