"""Google Sheets behind the ports, by what a change concerns.

`calls`: the quota, the gateway and the wire · `journal`: the Appeals tab · `directory`: the Authorisation tab · the
modules here: tabs that are read as a whole (promotions, knowledge, preferences), what they share, and the inspection
with its rules.
"""
