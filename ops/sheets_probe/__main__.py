"""`python -m ops.sheets_probe`: exit code 0 when all holds, 1 when something does not, 2 when it could not be tried."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections import Counter
from collections.abc import Mapping, Sequence

from ops import failing, sheets_of
from ops.environment import environment
from ops.sheets_of import IDS, Connection
from ops.sheets_probe import texts
from ops.sheets_probe.assumptions import ALL, Assumption
from ops.sheets_probe.report import line
from ops.sheets_probe.scratch import PROBE_SCOPES, SCRATCH_ID, scratch_tab
from ops.sheets_probe.tab import Seen, Tab
from shared.adapters.sheets.calls.gateway import Gateway
from shared.adapters.sheets.calls.transport import GspreadTransport
from shared.adapters.sheets.calls.workbook import Workbook
from shared.ports import Refused

ALL_HOLD, SOME_FAIL, UNKNOWN = 0, 1, 2
SHARE = 50
# the playground's words for what it does not know of Google
NOT_EMULATED = "is not emulated"


def probe(
    connection: Connection,
    given: Mapping[str, str],
    assumptions: Sequence[Assumption] = ALL,
    *,
    share: int = SHARE,
) -> int:
    """`share`: calls a minute, a few less than the quota, because looking behind the cells costs some more."""
    print(texts.head(connection.label))
    with scratch_tab(connection, given) as (spreadsheet, sheet):
        book = Workbook(Gateway(GspreadTransport(lambda: connection.client), share=share), spreadsheet)
        seen = asyncio.run(_try_all(Tab(connection.client, book, sheet), assumptions))
    counted = Counter(one.holds for one in seen)
    print(texts.total(held=counted[True], failed=counted[False], unanswered=counted[None]))
    return SOME_FAIL if counted[False] else ALL_HOLD


async def _try_all(tab: Tab, assumptions: Sequence[Assumption]) -> list[Seen]:
    await tab.prepare()
    found = []
    for assumption in assumptions:
        try:
            seen = await assumption(tab)
        except Refused as refusal:
            known = NOT_EMULATED not in str(refusal)
            seen = Seen(holds=False if known else None, said=str(refusal))
        print(line(assumption.__name__, seen), flush=True)
        found.append(seen)
    return found


def connect(given: Mapping[str, str]) -> Connection:
    """Google where there are credentials of any kind, also before the real workbooks exist; else the playground."""
    real = any(given.get(name) for name in (*IDS, SCRATCH_ID, "GCP_SA_JSON"))
    return sheets_of.connect({**dict.fromkeys(IDS, texts.TAB), **given} if real else given, PROBE_SCOPES)


def main() -> int:
    given = environment()
    try:
        return failing.run(lambda: connect(given), lambda connection: probe(connection, given), failed=UNKNOWN)
    except KeyboardInterrupt:
        print(texts.INTERRUPTED, file=sys.stderr)
        return UNKNOWN


if __name__ == "__main__":
    # also where a shell started it in the background and SIGINT is ignored: the scratch tab must not stay behind
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    sys.exit(main())
