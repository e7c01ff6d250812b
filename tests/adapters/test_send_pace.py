"""Messages leave as fast as Telegram takes them, and no faster."""

from __future__ import annotations

from shared.adapters.telegram.pace import A_SECOND, SendPace


class Time:
    """Stands still until somebody sleeps."""

    def __init__(self) -> None:
        self.at = 1000.0

    def now(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds


async def sent(pace: SendPace, time: Time, count: int) -> list[float]:
    """When each of `count` messages left."""
    times = []
    for _ in range(count):
        await pace.turn()
        times.append(time.at)
    return times


def most_in_a_second(times: list[float]) -> int:
    return max(sum(1 for other in times if at <= other < at + 1) for at in times)


async def test_a_few_messages_leave_at_once() -> None:
    """Nobody waits while little is sent."""
    time = Time()
    assert await sent(SendPace(time.now, time.sleep), time, 5) == [1000.0] * 5


async def test_no_second_holds_more_than_telegram_takes() -> None:
    """200 answers after a stall: 30 a second at most, and hardly fewer."""
    time = Time()
    times = await sent(SendPace(time.now, time.sleep), time, 200)
    assert most_in_a_second(times) <= 30
    assert times[-1] - times[0] < 200 / A_SECOND + 1


async def test_a_refusal_slows_down_for_a_while() -> None:
    """Another instance sends too: half as many, until some seconds pass without a refusal."""
    time = Time()
    pace = SendPace(time.now, time.sleep)
    await sent(pace, time, 10)
    pace.refused()
    pace.refused()
    assert most_in_a_second(await sent(pace, time, 60)) <= 13
    time.at += 10
    assert most_in_a_second(await sent(pace, time, 100)) > 20
