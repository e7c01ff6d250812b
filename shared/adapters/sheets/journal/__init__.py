"""The Appeals tab as a journal: rows found by id, appended once, written under a guard."""
