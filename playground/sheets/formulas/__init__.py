"""A small evaluator of spreadsheet formulas: operators, references, and the functions people use most."""
