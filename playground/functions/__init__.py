"""The three functions, run as Cloud Run runs them: staged, started cold, spread over instances, killed."""
