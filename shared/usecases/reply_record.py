"""What is written into a row of a specialist's reply: a line, a receipt, and the note by which it counts as sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain import texts
from shared.domain.appeals import NOTHING, UPDATED, Appeal, Edit
from shared.domain.authors import specialist_name, with_specialist
from shared.domain.history import Line, shortened
from shared.domain.question_notes import OPEN
from shared.domain.questions import asked_since
from shared.domain.status import Status
from shared.ports import Outside, Refused, RowConfused, Written
from shared.usecases.admins import tell_unrecordable
from shared.usecases.hand_over import waiting_from
from shared.usecases.memory import Memory
from shared.usecases.reply_notes import BACK, EMPTIED, FAILED, HELD, REPLY, digest_of

ARRIVED = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The change that records a reply. `at`: when it was sent, which may be a while ago.

    `refusal`: ARRIVED, or the receipt that says why it did not arrive. `answered`: «Вопрос» as it was at that time.
    """

    outside: Outside
    appeal: Appeal
    at: datetime
    refusal: str
    editor: str
    answered: str
    has_line: bool = True
    has_receipt: bool = True

    def __call__(self, now: Appeal) -> Edit | None:
        """None where another instance has recorded it."""
        arrived, digest, done = self.refusal == ARRIVED, digest_of(self.appeal.reply), now.known_trace.delivered
        same = now.waiting_since == self.appeal.waiting_since and done == self.appeal.known_trace.delivered
        if not same and digest in (done.get(REPLY), done.get(FAILED)):
            return None
        text = shortened(self.appeal.reply.strip())
        author = specialist_name(now.owner, now.partner_names())
        line = Line(at=self.at, author=author, text=text)
        receipt = self.refusal or texts.delivered(self.at, now.owner.strip() or self.editor)
        trace = now.known_trace.without(REPLY, FAILED, EMPTIED, BACK, HELD).noted(REPLY if arrived else FAILED, digest)
        edit = Edit(at=self.outside.clock.local(), receipt=receipt if self.has_receipt else None, trace=trace)
        if not arrived:
            return edit
        edit = replace(
            edit,
            lines=(line,) if self.has_line else (),
            status=Status.IN_WORK if now.may_become(Status.IN_WORK) else None,
            trace=with_specialist(trace, author),
        )
        return self._answering(now, edit)

    def _answering(self, now: Appeal, edit: Edit) -> Edit:
        """Return the edit by which nothing waits but what was asked after the reply had left: that waits from now."""
        left = asked_since(now.question, self.answered)
        if left == NOTHING or not (edit.status or now.is_with_people):
            return replace(edit, question=NOTHING, waiting_since=NOTHING, trace=edit.trace.without(OPEN))
        # from now, not from when it was asked: the event of this reply, if it comes again, is older
        since, trace = edit.at.strftime(UPDATED), waiting_from(self.outside, edit.trace, edit.at)
        return replace(edit, question=left, waiting_since=since, trace=trace)


async def record_sent(memory: Memory, sent: Sent) -> Appeal:
    """Write the reply as a line, its receipt and its digest; give the row as it is then.

    Raises Unavailable; RowConfused, Refused when nothing can be written that proves that the reply was sent.
    """
    outside, appeal = sent.outside, sent.appeal
    try:
        try:
            written = await outside.journal.change(appeal.id, sent, seen=appeal)
        except RowConfused:
            raise
        except Refused as error:
            outside.log.error("reply_not_journaled", appeal=appeal.id, error=str(error))
            written = await _recorded_in_part(memory, sent)
    except RowConfused:
        await outside.journal.flag_sent(appeal, sent.refusal or texts.delivered_confused(sent.at))
        raise
    for note in (EMPTIED, HELD):
        memory.unrecorded.recorded(appeal.id, note)
    return written.appeal if written else appeal


async def _recorded_in_part(memory: Memory, sent: Sent) -> Written | None:
    """As much as Google takes: a row may be full, a column protected. The admins are told of the latter."""
    outside, appeal = sent.outside, sent.appeal
    for part in (
        replace(sent, has_line=False),
        replace(sent, has_receipt=False),
        replace(sent, has_line=False, has_receipt=False),
    ):
        try:
            written = await outside.journal.change(appeal.id, part)
        except RowConfused:
            raise
        except Refused as error:
            refused = error
        else:
            if not part.has_receipt:
                await tell_unrecordable(outside, memory, appeal)
            return written
    await tell_unrecordable(outside, memory, appeal)
    digest = digest_of(appeal.reply)
    await outside.journal.flag_sent(appeal, sent.refusal or texts.delivered_unrecorded(sent.at, digest))
    raise refused
