"""`python -m ops.sheets_setup`: prepares the three workbooks and says what it did."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from ops import failing
from ops.environment import environment
from ops.sheets_of import Connection, connect, connect_playground
from ops.sheets_setup import texts
from ops.sheets_setup.place import Unclear
from ops.sheets_setup.workbook import APPEALS, AUTHORISATION, PROMOTIONS, Done, set_up


def main(connection: Connection) -> int:
    """1 when a tab was left alone because a person has to say something first."""
    print(texts.heading(connection.label))
    books = (
        (connection.authorisation, AUTHORISATION),
        (connection.appeals, APPEALS),
        (connection.promotions, PROMOTIONS),
    )
    done = []
    for spreadsheet, kind in books:
        done.append(set_up(connection.client, spreadsheet, kind))
        print("\n".join(_said(done[-1])))
    left = any(one.unclear for one in done)
    print(f"\n{texts.LEFT_ALONE if left else texts.DONE}")
    return int(left)


def _said(done: Done) -> Iterator[str]:
    yield texts.book(done.title)
    for tab, said in done.said.items():
        yield from (texts.line(tab, one) for one in said)
    for unclear in done.unclear:
        yield from (texts.line(unclear.tab, one) for one in _why(unclear))
    if not done.written and not done.unclear:
        yield texts.unchanged()


def _why(unclear: Unclear) -> Iterator[str]:
    if unclear.alike:
        yield texts.tabs_alike(unclear.tab, unclear.alike)
    elif unclear.misspelt:
        yield from (texts.misspelt(found, wanted) for wanted, found in unclear.misspelt.items())
    elif unclear.doubled:
        yield texts.doubled(unclear.doubled)
    else:
        yield texts.NO_HEADER


def _chosen() -> Connection:
    """The workbooks of the playground that the command line names, else those of the environment."""
    parser = argparse.ArgumentParser(prog="python -m ops.sheets_setup", description=__doc__)
    parser.add_argument("--playground", metavar="URL", help="this playground, whatever the environment and .env say")
    url = parser.parse_args().playground
    return connect_playground(url) if url else connect(environment())


if __name__ == "__main__":
    sys.exit(failing.run(_chosen, main))
