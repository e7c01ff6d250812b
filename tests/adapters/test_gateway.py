"""The gateway: one request in flight, merged, paced, and nobody suffers for another's mistake."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Sequence

import pytest

from shared.adapters.sheets.calls.asked import MOST_BYTES
from shared.adapters.sheets.calls.gateway import Gateway
from shared.adapters.sheets.calls.lines import READ_TRIES
from shared.adapters.sheets.calls.refusals import OutOfGrid, QuotaSpent
from shared.adapters.sheets.calls.transport import Area, Committed, Grid, Request, Tab
from shared.ports import Refused, Unavailable


class Time:
    """Virtual seconds: sleeping moves them."""

    def __init__(self) -> None:
        self.at = 0.0

    def now(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds
        await asyncio.sleep(0)


class Recorder:
    """A transport that answers every area with its own name. `refuse` names requests that Google would not take."""

    def __init__(self, time: Time) -> None:
        self.time = time
        self.reads: list[list[Area]] = []
        self.writes: list[list[Request]] = []
        self.times: list[float] = []
        self.refuse: set[str] = set()
        self.says_which = True
        self.failures: list[Exception] = []
        self.rows = 1_000
        self.books: list[str] = []
        self.in_flight = threading.Lock()

    def tabs(self, spreadsheet: str) -> list[Tab]:
        return []

    def title(self, spreadsheet: str, sheet: int) -> str | None:
        return None

    def read(self, spreadsheet: str, areas: Sequence[Area]) -> list[Grid]:
        assert self.in_flight.acquire(blocking=False), "two requests at once"
        try:
            self.reads.append(list(areas))
            self.books.append(spreadsheet)
            if self.failures:
                raise self.failures.pop(0)
            if any(area.first_row > self.rows for area in areas):
                raise OutOfGrid(f"Range exceeds grid limits. Max rows: {self.rows}, max columns: 26")
            return [[[f"{area.first_row}"]] for area in areas]
        finally:
            self.in_flight.release()

    def write(self, spreadsheet: str, requests: Sequence[Request], echoes: Sequence[Area]) -> Committed:
        self.writes.append(list(requests))
        self.books.append(spreadsheet)
        self.times.append(self.time.at)
        if self.failures:
            raise self.failures.pop(0)
        for number, request in enumerate(requests):
            if request["name"] in self.refuse:
                raise Refused(f"Invalid requests[{number}].x" if self.says_which else "Invalid something")
        replies = [{"done": request["name"]} for request in requests]
        return Committed(replies=replies, echoes=[[[f"{echo.first_row}"]] for echo in echoes])


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def google(time: Time) -> Recorder:
    return Recorder(time)


@pytest.fixture
def gateway(google: Recorder, time: Time) -> Gateway:
    return Gateway(google, now=time.now, sleep=time.sleep)


def area(row: int) -> Area:
    return Area(sheet=0, first_row=row, last_row=row, first_column=1, last_column=1)


def named(*names: str) -> list[Request]:
    return [{"name": name} for name in names]


async def test_concurrent_reads_share_a_call(gateway: Gateway, google: Recorder) -> None:
    """The same area is asked for once; everybody gets their own."""
    answers = await asyncio.gather(*(gateway.read("S", [area(1), area(n)]) for n in range(2, 12)))
    assert [answer[1] for answer in answers] == [[[str(n)]] for n in range(2, 12)]
    assert len(google.reads) == 1
    assert len(google.reads[0]) == 11


async def test_concurrent_writes_share_a_batch_guards_first(gateway: Gateway, google: Recorder) -> None:
    """What moves something goes last; each caller gets the replies to their own requests."""
    appended, guarded = await asyncio.gather(
        gateway.write("S", named("append", "mark"), moves_nothing=False), gateway.write("S", named("guard"))
    )
    assert [request["name"] for request in google.writes[0]] == ["guard", "append", "mark"]
    assert guarded.replies == [{"done": "guard"}]
    assert appended.replies == [{"done": "append"}, {"done": "mark"}]


async def test_each_caller_gets_their_own_echo(gateway: Gateway) -> None:
    """The cells that tell which row a write hit."""
    one, other, none = await asyncio.gather(
        gateway.write("S", named("one"), echoes=[area(7), area(8)]),
        gateway.write("S", named("other"), echoes=[area(9)]),
        gateway.write("S", named("none")),
    )
    assert one.echoes == [[["7"]], [["8"]]]
    assert other.echoes == [[["9"]]]
    assert none.echoes == []


async def test_idle_a_call_goes_out_at_once(gateway: Gateway, google: Recorder, time: Time) -> None:
    """Nobody waits for a batch to fill."""
    await gateway.write("S", named("one"))
    assert google.times == [0.0]
    assert time.at == 0.0


@pytest.mark.parametrize("together", [1, 2, 10])
async def test_no_minute_holds_more_than_the_quota(
    gateway: Gateway, google: Recorder, time: Time, together: int
) -> None:
    """Fewer than 60 writes in any 60 seconds, whatever the pressure, and no stall of more than a few seconds."""
    for number in range(150):
        await asyncio.gather(*(gateway.write("S", named(f"{number}/{n}")) for n in range(together)))
        time.at += 0.3
    for start in google.times:
        assert sum(start <= at < start + 60 for at in google.times) < 60
    assert max(later - at for at, later in itertools.pairwise(google.times)) < 8


async def test_who_is_alone_is_not_paced(gateway: Gateway, google: Recorder, time: Time) -> None:
    """A dialogue of one partner: two dozen writes without a pause."""
    for number in range(24):
        await gateway.write("S", named(str(number)))
        time.at += 0.5
    assert time.at == 12.0


async def test_quick_questions_one_after_the_other_are_not_load(gateway: Gateway, time: Time) -> None:
    """Merging them is not possible, so spacing them would only make them slow; five who come then do not wait."""
    for number in range(24):
        await gateway.write("S", named(str(number)))
        time.at += 0.1
    await asyncio.gather(*(gateway.write("S", named(f"at once {n}")) for n in range(5)))
    assert time.at == pytest.approx(2.4)


async def test_under_load_calls_are_even(gateway: Gateway, google: Recorder, time: Time) -> None:
    """Eighty callers each time: after a small burst one call in 60/54 s, carrying all of them."""
    for number in range(60):
        await asyncio.gather(*(gateway.write("S", named(f"{number}/{n}")) for n in range(80)))
    gaps = [later - at for at, later in itertools.pairwise(google.times)][10:]
    assert max(gaps) < 1.3


async def test_the_guilty_request_alone_is_refused(gateway: Gateway, google: Recorder) -> None:
    """A batch is all or nothing: the others are committed without it."""
    google.refuse.add("bad")
    results = await asyncio.gather(
        *(gateway.write("S", named(name)) for name in ("a", "bad", "b")), return_exceptions=True
    )
    assert [isinstance(result, Refused) for result in results] == [False, True, False]
    assert [request["name"] for request in google.writes[-1]] == ["a", "b"]


async def test_an_unnamed_guilty_request_is_found_by_halving(gateway: Gateway, google: Recorder) -> None:
    """Where the error names no request."""
    google.refuse.add("bad")
    google.says_which = False
    names = [f"n{n}" for n in range(7)] + ["bad"]
    results = await asyncio.gather(*(gateway.write("S", named(name)) for name in names), return_exceptions=True)
    assert [isinstance(result, Refused) for result in results] == [False] * 7 + [True]


async def test_a_spent_quota_is_waited_for(gateway: Gateway, google: Recorder, time: Time) -> None:
    """429: nothing was done, so it is safe to repeat, later and in a larger batch."""
    google.failures.append(QuotaSpent("quota"))
    assert (await gateway.write("S", named("one"))).replies == [{"done": "one"}]
    assert time.at >= 2.0


async def test_an_outage_reaches_every_caller(gateway: Gateway, google: Recorder) -> None:
    """5xx or a time-out may have been applied: who called reads again before repeating."""
    google.failures.append(Unavailable("503"))
    results = await asyncio.gather(*(gateway.write("S", named(n)) for n in "ab"), return_exceptions=True)
    assert all(isinstance(result, Unavailable) for result in results)
    assert len(google.writes) == 1


async def test_workbooks_are_not_mixed(gateway: Gateway, google: Recorder) -> None:
    """One workbook a request."""
    await asyncio.gather(gateway.write("S", named("s")), gateway.write("T", named("t")))
    assert [len(batch) for batch in google.writes] == [1, 1]


async def test_what_nobody_waits_for_is_not_sent(gateway: Gateway, google: Recorder) -> None:
    """A caller whose time is up leaves no write behind that was not sent yet."""
    first = asyncio.create_task(gateway.write("S", named("first")))
    second = asyncio.create_task(gateway.write("T", named("second")))
    await asyncio.sleep(0)
    second.cancel()
    await first
    await gateway.write("T", named("third"))
    assert [request["name"] for batch in google.writes for request in batch] == ["first", "third"]


async def test_many_writes_starve_no_read(google: Recorder, time: Time) -> None:
    """Somebody who writes again and again, with quota enough: a read goes in between."""
    gateway = Gateway(google, share=60_000, now=time.now, sleep=time.sleep)

    async def write_on() -> None:
        for number in range(20):
            await gateway.write("S", named(str(number)))

    writing = [asyncio.create_task(write_on()) for _ in range(2)]
    await asyncio.sleep(0)
    await gateway.read("S", [area(2)])
    assert len(google.writes) <= 3
    await asyncio.gather(*writing)


async def test_a_read_that_fails_is_repeated(gateway: Gateway, google: Recorder, time: Time) -> None:
    """Reading changes nothing: nobody hears of a 503 or a time-out that passes."""
    google.failures += [Unavailable("503"), Unavailable("time-out")]
    assert await gateway.read("S", [area(7)]) == [[["7"]]]
    assert len(google.reads) == 3
    assert time.at > 0


async def test_a_read_that_keeps_failing_is_given_up(gateway: Gateway, google: Recorder) -> None:
    """Who has something older to show, shows it."""
    google.failures += [Unavailable("503")] * READ_TRIES
    with pytest.raises(Unavailable):
        await gateway.read("S", [area(7)])
    assert len(google.reads) == READ_TRIES


async def test_a_quota_that_stays_spent_is_asked_for_ever_more_seldom(google: Recorder, time: Time) -> None:
    """Twice as long each time, by chance a little more: instances that were refused together do not return together."""
    waited = []
    for _ in range(5):
        gateway = Gateway(google, now=time.now, sleep=time.sleep)
        began = time.at
        google.failures += [QuotaSpent("quota")] * 3
        await gateway.write("S", named("one"))
        waited.append(time.at - began)
    assert all(2 + 4 + 8 <= seconds <= 1.5 * (2 + 4 + 8) for seconds in waited)
    assert len(set(waited)) == len(waited)


async def test_what_arrives_while_the_quota_is_spent_joins_the_batch(google: Recorder) -> None:
    """A 429 makes the next batch larger."""
    resting = asyncio.Event()

    async def sleep(_: float) -> None:
        resting.set()
        await over.wait()

    over = asyncio.Event()
    gateway = Gateway(google, now=lambda: 100.0 if over.is_set() else 0.0, sleep=sleep)
    google.failures.append(QuotaSpent("quota"))
    first = asyncio.create_task(gateway.write("S", named("first")))
    await resting.wait()
    second = asyncio.create_task(gateway.write("S", named("second")))
    await asyncio.sleep(0)
    over.set()
    await asyncio.gather(first, second)
    assert [len(batch) for batch in google.writes] == [1, 2]


async def test_a_write_that_must_wait_holds_up_no_read(google: Recorder) -> None:
    """Reads and writes have a quota each: neither waits for the other's."""
    resting = asyncio.Event()

    async def sleep(_: float) -> None:
        resting.set()
        await asyncio.Event().wait()

    gateway = Gateway(google, now=lambda: 0.0, sleep=sleep)
    google.failures.append(QuotaSpent("quota"))
    write = asyncio.create_task(gateway.write("S", named("waits")))
    await resting.wait()
    assert await gateway.read("S", [area(7)]) == [[["7"]]]
    assert not write.done()
    write.cancel()


async def test_workbooks_take_turns(gateway: Gateway, google: Recorder) -> None:
    """A busy workbook does not starve another."""

    async def busy() -> None:
        for number in range(5):
            await gateway.read("S", [area(number + 2)])

    await asyncio.gather(busy(), busy(), gateway.read("T", [area(2)]))
    assert google.books[:2] == ["S", "T"]


async def test_a_batch_stays_below_what_google_advises(gateway: Gateway, google: Recorder) -> None:
    """2 MB a request: what does not fit goes with the next, nothing is dropped."""
    large = "x" * (MOST_BYTES // 3)
    names = [f"{number}{large}" for number in range(7)]
    await asyncio.gather(*(gateway.write("S", named(name)) for name in names))
    assert [len(batch) for batch in google.writes] == [2, 2, 2, 1]


async def test_what_is_too_large_alone_still_goes(gateway: Gateway, google: Recorder) -> None:
    """Google decides about it, not the gateway."""
    await gateway.write("S", named("x" * 2 * MOST_BYTES))
    assert len(google.writes) == 1


async def test_rows_beyond_the_grid_concern_who_asked_for_them(gateway: Gateway, google: Recorder) -> None:
    """Rows were deleted: those callers look anew, the others are answered; halving would cost a call for each."""
    google.rows = 50
    reads = [gateway.read("S", [area(row)]) for row in (2, 60, 3, 61, 62, 63)]
    answers = await asyncio.gather(*reads, return_exceptions=True)
    assert [isinstance(answer, OutOfGrid) for answer in answers] == [False, True, False, True, True, True]
    assert len(google.reads) == 2


async def test_a_broken_answer_reaches_who_waits(gateway: Gateway, google: Recorder) -> None:
    """Nobody waits for ever because of a fault nobody thought of, and the next caller is served."""
    google.failures.append(KeyError("valueRanges"))
    with pytest.raises(KeyError):
        await gateway.read("S", [area(2)])
    assert await gateway.read("S", [area(3)]) == [[["3"]]]
