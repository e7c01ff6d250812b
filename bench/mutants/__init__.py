"""Changes of the code that a test must notice: each is made alone in a copy of the tree, and the tests run there."""
