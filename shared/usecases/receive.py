"""Every update comes in here and leaves with an answer, or with none because it needs none."""

from __future__ import annotations

import asyncio
from typing import assert_never

from shared.domain import texts
from shared.domain.access import Partner, code_and_phone
from shared.domain.history import clean
from shared.domain.incoming import Incoming, Message, Press, Unused
from shared.domain.invisible import says_nothing
from shared.domain.logins import same_person
from shared.ports import Answer, BotError, Outside, Refused, Say, Unavailable
from shared.usecases.answer_message import answer_message
from shared.usecases.commands import command_of, run_command
from shared.usecases.greet import show_menu, welcome
from shared.usecases.login import Invalid, LoggedIn, Login, NotFound, Paused, Taken, login, refusal
from shared.usecases.memory import Memory
from shared.usecases.press_button import is_freeing, press_button, stop_spinner
from shared.usecases.report_problems import ask_for_problems, is_check
from shared.usecases.send_answer import send_answer
from shared.usecases.strangers import invite
from shared.usecases.tell_of_failure import tell_of_failure, told_while_late

DEADLINE_S = 50.0
"""From the arrival. Telegram gives up after 60 s and sends the update again; what is recorded is not done twice."""


async def receive(outside: Outside, memory: Memory, incoming: Incoming) -> Answer | None:
    """What goes back in the webhook's answer. Raises Unavailable: the update is to come again."""
    match incoming:
        case Message() | Press():
            # A repetition that finds its update under way gets the same answer. Telegram opens a second request only
            # after the first one failed or timed out on its side, and reads nothing of that one any more: of the two
            # bodies it executes one, and only the second can be it.
            return await memory.updates.run(incoming.update, lambda: _once(outside, memory, incoming))
        case Unused():
            outside.log.info("update_unused", update=incoming.update, kind=incoming.kind)
            return None
        case _:
            assert_never(incoming)


async def _once(outside: Outside, memory: Memory, incoming: Message | Press) -> Answer | None:
    """What this instance has sent it does not send again, and what broke off here it knows."""
    if memory.sent.get(incoming.update):
        memory.outage.over(incoming)
        return None
    memory.taken.put(incoming.update, True)
    memory.outage.came(incoming)
    try:
        async with told_while_late(outside, memory, incoming):
            answer = await _in_time(outside, memory, incoming)
    except BaseException as error:
        memory.broken_off.put(incoming.update, True)
        # an answer on its way is not lost: the repetition waits for it
        if memory.sending.is_running(incoming.update):
            raise
        if isinstance(error, Exception) and await tell_of_failure(outside, memory, incoming, error):
            return None
        raise
    memory.outage.over(incoming)
    return answer


async def _in_time(outside: Outside, memory: Memory, incoming: Message | Press) -> Answer | None:
    """Waiting for the chat's turn counts, and so does what came before this function could begin."""
    left_s = incoming.arrived + DEADLINE_S - outside.clock.now()
    try:
        async with asyncio.timeout(left_s):
            return await _in_turn(outside, memory, incoming)
    except TimeoutError:
        raise Unavailable("the update took too long") from None


async def _in_turn(outside: Outside, memory: Memory, incoming: Message | Press) -> Answer | None:
    """Decide, write and answer before another update of the chat does."""
    match incoming:
        case Message():
            async with memory.order.message(incoming.chat, incoming.update):
                memory.presses.forget(str(incoming.chat))
                return await _answered(outside, memory, incoming, await _message(outside, memory, incoming))
        case Press():
            await stop_spinner(outside, incoming)
            async with memory.order.turn(incoming.chat, incoming.update):
                answer = await press_button(outside, memory, incoming)
                return await _pressed(outside, memory, incoming, answer)
        case _:
            assert_never(incoming)


async def _answered(outside: Outside, memory: Memory, message: Message, answer: Answer | None) -> Answer | None:
    """Return what goes in the webhook's body; None where it has left by a call.

    An answer in the body leaves after the turn: where another update of the chat waits, its answer could be faster.
    """
    by_call = memory.spoken.just_now(message.chat) or memory.order.others_wait(message.chat)
    memory.spoken.note(message.chat)
    if by_call and not memory.in_answer.get(message.update):
        return await _by_call(outside, memory, message, answer)
    memory.in_answer.put(message.update, True)
    return answer


async def _pressed(outside: Outside, memory: Memory, press: Press, answer: Answer | None) -> Answer | None:
    """Say the answer by a call, unless the same button has just been answered so: people press again and again."""
    if not isinstance(answer, Say):
        return answer
    # a row that was freed can not be freed again: the second answer is another one, and as useless
    this = (press.data, "" if is_freeing(press) else answer.text)
    if memory.presses.get(str(press.chat)) != this:
        memory.spoken.note(press.chat)
        await _by_call(outside, memory, press, answer)
        memory.presses.put(str(press.chat), this)
    memory.sent.put(press.update, True)
    return None


async def _by_call(outside: Outside, memory: Memory, incoming: Message | Press, answer: Answer | None) -> Answer | None:
    """Telegram may refuse a message that follows another too quickly, and a refused answer of a webhook is lost.

    A call is told so and waits. Presses go that way always: what they follow may have come from another function.
    """
    if not isinstance(answer, Say):
        return answer
    try:
        await send_answer(outside, memory, incoming.update, answer)
    except Refused as error:
        outside.log.info("answer_refused", error=str(error))
    return None


async def _message(outside: Outside, memory: Memory, message: Message) -> Answer | None:
    command = await command_of(outside, message)
    if is_check(outside, message.chat, command):
        return await ask_for_problems(outside, message)
    partner = await outside.directory.partner_of(message.chat)
    pair = code_and_phone(message.text)
    answer = await _logged_in(outside, memory, message, pair, partner) if pair else None
    if answer:
        return answer
    if partner is None:
        return await invite(outside, memory, message)
    if command and (answer := await run_command(outside, message, partner, command)):
        return answer
    if says_nothing(clean(message.text)):
        return Say(chat=message.chat, text=texts.ONLY_TEXT)
    return await answer_message(outside, memory, message, partner)


async def _logged_in(
    outside: Outside, memory: Memory, message: Message, pair: tuple[str, str], known: Partner | None
) -> Answer | None:
    """Code and phone are read and deleted: nothing of them is journaled or shown to the assistant.

    `known`: who has logged in already may write what only looks like a code and a phone. None: that is no login.
    """
    code, phone = pair
    if known and same_person(known, Partner(code=code, phone=phone, name="")):
        outcome: Login = LoggedIn(partner=known)
    else:
        outcome = await login(outside, memory, chat=message.chat, code=code, phone=phone)
    if known and not isinstance(outcome, LoggedIn | Taken):
        return None
    try:
        await outside.messenger.delete(message.chat, message.message)
    except BotError as error:
        outside.log.info("message_not_deleted", error=str(error))
    match outcome:
        case LoggedIn(partner=partner):
            await show_menu(outside, message.chat)
            return welcome(outside, message.chat, partner)
        case Invalid():
            return Say(chat=message.chat, text=texts.NOT_FOUND)
        case NotFound() | Taken() | Paused():
            return Say(chat=message.chat, text=await refusal(outside, outcome))
