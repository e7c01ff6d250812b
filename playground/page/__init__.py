"""The page at `/`, and the Mini App as a static host would publish it."""
