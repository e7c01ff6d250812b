"""The outside, one folder or file per service; each satisfies a port."""
