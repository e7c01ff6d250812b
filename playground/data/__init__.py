"""The synthetic start of the three workbooks: Russian, invented, as dirty as real sheets.

Cell values are what a person would see typed; in a column named in `Tab.text_columns` they stay text.
"""

from playground.data.partners import CleanPartner, authorisation_tab, clean_partners
from playground.data.site import site
from playground.data.tab import Tab
from playground.data.workbooks import Workbook, appeals_tab, knowledge_tab, promotions_tab, settings_tab, workbooks

__all__ = [
    "CleanPartner",
    "Tab",
    "Workbook",
    "appeals_tab",
    "authorisation_tab",
    "clean_partners",
    "knowledge_tab",
    "promotions_tab",
    "settings_tab",
    "site",
    "workbooks",
]
