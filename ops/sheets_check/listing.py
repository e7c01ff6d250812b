"""Problems as a person reads them: grouped by tab, each under its address, counts at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ops.sheets_check import texts
from shared.domain.problems import Problem


def listing(problems: Sequence[Problem], tabs: Sequence[str]) -> Iterator[str]:
    """The lines. `tabs`: what was looked at, so that a tab without problems is seen to be right."""
    for tab in tabs:
        of_tab = [problem for problem in problems if problem.tab == tab]
        yield f"\n{tab}: {len(of_tab) or texts.ALL_RIGHT}"
        width = max((len(problem.cell) for problem in of_tab), default=0)
        for problem in of_tab:
            place = f"{problem.cell:{width}}  " if width else ""
            yield f"  {place}{texts.MILD if problem.mild else ''}{problem.text}"
    mild = sum(problem.mild for problem in problems)
    yield "\n" + texts.total(wrong=len(problems) - mild, mild=mild)
