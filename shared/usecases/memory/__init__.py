"""What one instance remembers for a while. Losing it costs a repetition, never a message."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from shared.ports import Clock, Verdict
from shared.turns import Turns
from shared.usecases.memory.notices import Notices
from shared.usecases.memory.once import Once
from shared.usecases.memory.order import ChatOrder
from shared.usecases.memory.outage import Outage
from shared.usecases.memory.recent import Recent
from shared.usecases.memory.spoken import Spoken
from shared.usecases.memory.swept import Swept
from shared.usecases.memory.together import Together
from shared.usecases.memory.unrecorded import Unrecorded
from shared.usecases.memory.wrong_tries import WrongTries

DAY_S = 86_400.0
IMPATIENT_S = 10.0
"""So long the same answer to the same button would tell nothing new."""
REPAIRED_S = 3 * 3600.0
"""What needs a repair is seen again within minutes while a message waits for it, and in any hour of a working day."""


@dataclass(slots=True)
class Memory:
    verdicts: Recent[Verdict]
    """What the assistant decided and is not recorded yet, by update."""
    taken: Recent[bool]
    """Updates that this instance was given."""
    sent: Recent[bool]
    """Updates whose answer has left by a call."""
    broken_off: Recent[bool]
    """Updates whose handling failed here: it may have gone as far as the record, and no further."""
    in_answer: Recent[bool]
    """Updates that were answered in the webhook's 200, which Telegram executes once."""
    presses: Recent[tuple[str, str]]
    """The newest press in a chat, answered seconds ago, with nothing said since: its data and its answer."""
    told: Recent[bool]
    """What the admins have just been told."""
    told_today: Recent[bool]
    """What the admins are told once a day."""
    broken: Recent[bool]
    """What was seen to need a repair in the last hours."""
    swept: Swept
    """Which replies of the sheet have been dealt with."""
    notices: Notices
    wrong_tries: WrongTries
    spoken: Spoken
    outage: Outage
    updates: Once = field(default_factory=Once)
    sending: Once = field(default_factory=Once)
    """Answers that leave by a call, by update."""
    unrecorded: Unrecorded = field(default_factory=Unrecorded)
    receipts: Together = field(default_factory=Together)
    """The writes that follow the sending of replies."""
    order: ChatOrder = field(default_factory=ChatOrder)
    appeals: Turns = field(default_factory=Turns)
    inspected_on: date | None = None
    """The day on which the sheets were looked through last."""

    @classmethod
    def fresh(cls, clock: Clock) -> Memory:
        return cls(
            verdicts=Recent(clock),
            taken=Recent(clock),
            sent=Recent(clock),
            broken_off=Recent(clock),
            in_answer=Recent(clock),
            presses=Recent(clock, kept_s=IMPATIENT_S),
            wrong_tries=WrongTries(clock),
            spoken=Spoken(clock),
            outage=Outage(clock),
            told=Recent(clock),
            told_today=Recent(clock, kept_s=DAY_S),
            broken=Recent(clock, kept_s=REPAIRED_S),
            swept=Swept(clock),
            notices=Notices(clock),
        )
