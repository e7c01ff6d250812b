"""Google Sheets: one gateway, and a table per tab."""
