"""`/control/…`: what a test or a curious person does to the world itself."""
