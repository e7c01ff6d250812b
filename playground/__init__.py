"""The whole world on a laptop: emulators, the real functions, and people."""
