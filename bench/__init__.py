"""Measurements. Each prints what it measured beside what it is compared with, from one run."""
