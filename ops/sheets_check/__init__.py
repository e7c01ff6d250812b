"""What is wrong in the three workbooks, cell by cell, for whoever mends it. Nothing is written."""
