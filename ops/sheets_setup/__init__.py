"""`make sheets-setup`: the three workbooks get what they lack, and nothing that stands there is changed.

wanted.py says what a tab is, tabs.py which tabs there are; there.py reads what stands in a workbook, place.py finds the
tabs and columns in it; columns.py, cells.py, looks.py, views.py and handled.py say what is missing; workbook.py writes.
"""
