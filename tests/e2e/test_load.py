"""A small load through everything: forty partners in four seconds, a failing Google, people who sort meanwhile."""

from __future__ import annotations

from bench.load import crowd, journaled, traffic
from bench.load.observed import observing, wait_until_answered
from bench.load.people import SortingPeople, beside
from playground.testing import PlaygroundClient

PARTNERS, WITH_APPEAL = 40, 30
READ, WRITE = "batchGetByDataFilter", ":batchUpdate"
TROUBLE = ((READ, 503), (WRITE, 503), (WRITE, "apply-then-drop"), (READ, "drop"))


def test_nothing_is_lost_and_everybody_is_answered(playground: PlaygroundClient) -> None:
    """Ten of them open a new appeal; every line stands once in its partner's row; the quota is not touched."""
    crowd.settle(playground, partners=PARTNERS, with_appeal=WITH_APPEAL, history_bytes=500)
    settings = {"sheets_latency_ms": 60, "openai_latency_ms": 200, "max_connections": 100}
    playground.control("PUT", "settings", settings)
    faults = [{"service": "sheets", "match": call, "action": action, "times": 1} for call, action in TROUBLE]
    playground.control("PUT", "faults", faults)
    chats = crowd.chats(0, PARTNERS)
    with observing(playground) as observed, beside(SortingPeople(playground, every_s=3.5)):
        traffic.send(playground.base_url, traffic.spread(chats, over_s=4.0, name="small"))
        wait_until_answered(observed, PARTNERS, seconds=30)
    found = journaled.look(playground, "small", chats)
    assert (found.lost, found.doubled, found.in_a_wrong_row) == (0, 0, 0)
    assert observed.unanswered() == 0
    assert observed.errors[429] == 0
