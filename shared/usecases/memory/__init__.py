"""What one instance remembers for a while. Losing it costs a repetition, never a message."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from shared.ports import Clock, Verdict
from shared.usecases.memory.outage import Outage
from shared.usecases.memory.recent import Recent
from shared.usecases.memory.spoken import Spoken
from shared.usecases.memory.turns import Once, Turns
from shared.usecases.memory.wrong_tries import WrongTries


@dataclass(slots=True)
class Memory:
    """`verdicts`: what the assistant decided and is not recorded yet. `sent`: updates whose reply has left by a
    call; `in_answer`: those that were answered in the webhook's 200, which Telegram executes once. `inspected_on`: the
    day on which the sheets were looked through last; `told`: what the admins have just been told; `delivered`: what has
    left and is not recorded yet, and its receipt
    """

    verdicts: Recent[Verdict]
    sent: Recent[bool]
    wrong_tries: WrongTries
    in_answer: Recent[bool]
    spoken: Spoken
    outage: Outage
    told: Recent[bool]
    delivered: Recent[str]
    updates: Once = field(default_factory=Once)
    chats: Turns = field(default_factory=Turns)
    appeals: Turns = field(default_factory=Turns)
    inspected_on: date | None = None

    @classmethod
    def fresh(cls, clock: Clock) -> Memory:
        return cls(
            verdicts=Recent(clock),
            sent=Recent(clock),
            in_answer=Recent(clock),
            wrong_tries=WrongTries(clock),
            spoken=Spoken(clock),
            outage=Outage(clock),
            told=Recent(clock),
            delivered=Recent(clock),
        )
