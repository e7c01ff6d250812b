"""What each method of the Bot API does; one function a method, in `HANDLERS` by its name."""
