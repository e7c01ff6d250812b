"""What a partner lives through, as dialogues."""

from __future__ import annotations

import asyncio

import pytest

from shared.domain import texts
from shared.domain.appeals import NOTHING, Appeal, Edit
from shared.domain.status import Status
from shared.ports import Action, ChatGone, Say, Unavailable, Verdict
from shared.usecases.receive import receive
from tests.fakes import ADMIN, LOGO, SPECIALISTS, World
from tests.usecases.chat import Chat


async def test_a_question_is_answered_and_journaled() -> None:
    """Question and answer stand in one appeal, newest first, status «Ответ ИИ»."""
    chat = Chat()
    assert await chat.say(LOGO.question) == LOGO.answer
    appeal = await chat.appeal()
    assert appeal.status == Status.ANSWERED
    assert [(line.author, line.text) for line in appeal.lines] == [
        ("Помощник", LOGO.answer),
        ("Белова Анна Петровна", LOGO.question),
    ]


async def test_the_next_question_continues_the_appeal() -> None:
    """An appeal stays open until it is resolved."""
    chat = Chat()
    await chat.say(LOGO.question)
    await chat.say(LOGO.question)
    assert len(chat.world.journal.rows) == 1
    assert len((await chat.appeal()).lines) == 4


async def test_a_stranger_is_invited_and_leaves_no_trace() -> None:
    """Not authorised: the invitation, nothing journaled, no model call."""
    chat = Chat(chat=777)
    assert await chat.say(LOGO.question) == texts.INVITATION
    assert not chat.world.journal.rows
    assert not chat.world.assistant.asked


async def test_a_stranger_may_log_in_by_message() -> None:
    """Code and phone in one message log in, and the message is deleted."""
    chat = Chat(chat=777)
    assert await chat.say("№ 00777 8 (999) 000-11-22") == texts.welcome("Борис")
    assert chat.world.messenger.deleted == [(777, 10)]
    assert await chat.say(LOGO.question) == LOGO.answer


async def test_no_source_offers_a_specialist_and_yes_calls_one() -> None:
    """An answer without a source is not given; «да» right after the offer hands over."""
    chat = Chat()
    assert await chat.say("Когда приедет курьер?") == texts.NO_ANSWER
    number = (await chat.appeal()).number
    assert await chat.say("да, пожалуйста") == texts.handed_over(number)
    assert (await chat.appeal()).status == Status.HANDED_OVER


@pytest.mark.parametrize(
    "verdict",
    [
        Verdict(action=Action.ESCALATE, reason="money"),
        Verdict(action=Action.ANSWER, text="Всё бесплатно.", sources=("kb-404",)),
        Verdict(action=Action.CLARIFY),
    ],
    ids=["the assistant escalates", "unknown source", "empty clarification"],
)
async def test_code_decides_after_the_model(verdict: Verdict) -> None:
    """What is not a grounded answer is handed over, in our words."""
    chat = Chat()
    chat.world.assistant.verdicts.append(verdict)
    assert "Вопрос у специалиста" in await chat.say("Верните деньги")


async def test_hand_over_tells_the_specialists_once() -> None:
    """One notice with partner, question and link, however often its event comes."""
    chat = Chat()
    await chat.say(LOGO.question)
    answer = await chat.say("Позовите менеджера")
    await chat.events()
    chat.handled = 0
    await chat.events()
    appeal = await chat.appeal()
    assert answer == texts.handed_over(appeal.number)
    [notice] = chat.world.messenger.to(SPECIALISTS)
    assert "Белова Анна Петровна" in notice
    assert f"https://bot.example/r/{appeal.id}" in notice


async def test_the_assistant_is_silent_while_a_specialist_has_it() -> None:
    """Further messages are journaled and acknowledged with a reaction; the model is not asked."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    assert await chat.say(LOGO.question) == "👀"
    assert not chat.world.assistant.asked
    assert (await chat.appeal()).lines[0].text == LOGO.question


async def test_the_call_can_be_taken_back() -> None:
    """«Отменить вызов» works until a specialist acts; then the assistant speaks again."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    assert await chat.press(f"cancel:{appeal.id}") == texts.CALL_CANCELLED
    assert await chat.say(LOGO.question) == LOGO.answer


async def test_the_call_cannot_be_taken_back_from_a_specialist_who_acted() -> None:
    """Once somebody works on it the status stands."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    await chat.person(status=Status.IN_WORK)
    assert await chat.press(f"cancel:{appeal.id}") == texts.CALL_TOO_LATE
    assert (await chat.appeal()).status == Status.IN_WORK


async def test_a_reply_reaches_the_partner_with_a_receipt() -> None:
    """Typed in the sheet → delivered, journaled, receipt with the time, status «В работе»."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    number = (await chat.appeal()).number
    assert await chat.person(reply="Пришлём макет завтра") == [texts.reply(number, "Пришлём макет завтра")]
    appeal = await chat.appeal()
    assert appeal.receipt == "доставлено 14:03"
    assert appeal.status == Status.IN_WORK
    assert appeal.lines[0].text == "Пришлём макет завтра"


async def test_the_same_reply_is_delivered_once() -> None:
    """A push that comes twice sends nothing twice."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.person(reply="Готово")
    assert await chat.person() == []


async def test_a_failed_formula_is_not_sent() -> None:
    """«+7 912 345-67-89 звоните» in a cell that lost its text format: the specialist is told, once, and corrects it."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    number = (await chat.appeal()).number
    for shown in ("#ERROR!", "#ERROR!", "#NAME?"):
        assert await chat.person(reply=shown) == []
        appeal = await chat.appeal()
        assert (appeal.receipt, appeal.status) == (texts.REPLY_IS_FORMULA, Status.HANDED_OVER)
    assert [event for _, event, _ in chat.world.log.lines].count("reply_not_sent") == 1
    assert await chat.person(reply="+7 912 345-67-89 звоните") == [texts.reply(number, "+7 912 345-67-89 звоните")]
    assert (await chat.appeal()).receipt == "доставлено 14:03"


async def test_a_reply_that_comes_back_after_a_failed_formula() -> None:
    """A slip taken back with Ctrl+Z: what was sent already is not sent again, and the receipt says so."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.person(reply="Готово")
    await chat.person(reply="#REF!")
    assert await chat.person(reply="Готово") == []
    assert (await chat.appeal()).receipt == texts.REPLY_AS_BEFORE


async def test_a_blocked_partner_is_told_about_in_the_receipt() -> None:
    """The specialist reads what to do, and the reply is not tried for ever."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.messenger.gone[501] = ChatGone("blocked")
    assert await chat.person(reply="Готово") == []
    assert (await chat.appeal()).receipt == "не доставлено: партнёр остановил бота, позвоните ему"
    del chat.world.messenger.gone[501]
    assert await chat.person() == []


async def test_resolved_by_a_person_the_partner_is_told_once() -> None:
    """«Решено» in the sheet → partner told; the next message opens a new appeal."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    number = (await chat.appeal()).number
    assert await chat.person(status=Status.RESOLVED) == [texts.resolved(number)]
    assert await chat.person() == []
    await chat.say(LOGO.question)
    assert len(chat.world.journal.rows) == 2


async def test_reply_and_resolved_together_bring_the_reply_first() -> None:
    """The order a partner expects."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    number = (await chat.appeal()).number
    told = await chat.person(reply="Готово", status=Status.RESOLVED)
    assert told == [texts.reply(number, "Готово"), texts.resolved(number)]
    assert (await chat.appeal()).status == Status.RESOLVED


async def test_solved_under_a_reply_resolves() -> None:
    """«Вопрос решён» → «Решено»; pressing again says the same."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.person(reply="Готово")
    appeal = await chat.appeal()
    assert await chat.press(f"solved:{appeal.id}") == texts.resolved(appeal.number)
    assert (await chat.appeal()).status == Status.RESOLVED
    assert await chat.person() == []


async def test_a_specialist_who_was_faster_silences_the_assistant() -> None:
    """The status is read again after the model's answer: taken over meanwhile, the answer is dropped."""
    chat = Chat()
    await chat.say(LOGO.question)
    appeal = await chat.appeal()

    class Slow:
        async def consider(self, *args: object, **kwargs: object) -> Verdict:
            chat.world.journal.person_sets(appeal.id, status=Status.IN_WORK)
            return Verdict(action=Action.ANSWER, text=LOGO.answer, sources=(LOGO.id,))

    chat.world.assistant = Slow()  # type: ignore[assignment]
    assert await chat.say("А в каком формате?") == "👀"
    now = await chat.appeal()
    assert now.status == Status.IN_WORK
    assert now.lines[0].text == "А в каком формате?"


@pytest.mark.parametrize("by", ["message", "press"])
async def test_back_to_the_assistant_between_read_and_write_stands(by: str) -> None:
    """«Ответ ИИ» typed while the hand-over is written: it stands, nobody waits, and the partner can call again."""
    chat = Chat()
    await chat.say(LOGO.question)
    appeal_id = (await chat.appeal()).id
    chat.person_acts_before_the_write(Status.NEW)
    answer = await (chat.say("Позовите менеджера") if by == "message" else chat.press(f"call:{appeal_id}"))
    appeal = await chat.appeal()
    assert answer == texts.CALL_AGAIN
    assert (appeal.status, appeal.waiting_since) == (Status.NEW, NOTHING)
    await chat.events()
    assert chat.world.messenger.to(SPECIALISTS) == []
    assert await chat.say("да") == texts.handed_over(appeal.number)


async def test_solved_while_a_person_hands_it_on_stays_open() -> None:
    """«Передано специалисту» typed while «Вопрос решён» is written: the partner does not read that it is closed."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.person(reply="Готово")
    appeal_id = (await chat.appeal()).id
    chat.person_acts_before_the_write(Status.HANDED_OVER)
    assert await chat.press(f"solved:{appeal_id}") == texts.CALL_TOO_LATE
    appeal = await chat.appeal()
    assert (appeal.status, appeal.waiting_since) == (Status.HANDED_OVER, "2026-11-22 14:03:00")
    assert len(await chat.person(status=Status.RESOLVED)) == 1


async def test_resolved_again_the_partner_is_told_again() -> None:
    """«Решено», taken back, and «Решено» once more: two closings, two messages."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    number = (await chat.appeal()).number
    assert await chat.person(status=Status.RESOLVED) == [texts.resolved(number)]
    assert await chat.person(status=Status.IN_WORK) == []
    assert await chat.person(status=Status.RESOLVED) == [texts.resolved(number)]


@pytest.mark.parametrize("what", ["reply", "closing", "notice"])
async def test_what_was_sent_is_not_sent_again_while_the_sheet_is_out_of_reach(what: str) -> None:
    """The message has left, its record fails five times: the event comes again, the message does not."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    if what != "notice":
        await chat.events()
        closing = Status.RESOLVED if what == "closing" else None
        chat.world.journal.person_sets(appeal.id, reply="Готово" if what == "reply" else None, status=closing)
    edited: dict[str, object] = {
        "kind": "appeals.edited",
        "appeals": [{"id": appeal.id, "row": 2, "edited": ["reply"]}],
    }
    event = chat.world.events.published[-1] if what == "notice" else edited
    said = len(chat.world.messenger.said)
    chat.world.journal.failing_writes = 5
    for _ in range(5):
        with pytest.raises(Unavailable):
            await chat.event(event)
    await chat.event(event)
    assert len(chat.world.messenger.said) == said + 1


async def test_a_wiped_technical_cell_sends_no_old_reply_again() -> None:
    """The history shows that it was delivered."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.person(reply="Готово")
    chat.world.journal.wiped((await chat.appeal()).id)
    assert await chat.person(status=Status.IN_WORK) == []
    assert len(await chat.person(reply="Готово, вот ссылка")) == 1


@pytest.mark.parametrize("button", ["call", "cancel", "solved"])
async def test_a_button_under_a_confused_row_gets_an_answer(button: str) -> None:
    """Half of the columns were sorted: the partner reads what to do."""
    chat = Chat()
    await chat.say(LOGO.question)
    appeal = await chat.appeal()
    chat.world.journal.half_sorted(appeal.id, status=Status.ANSWERED)
    assert await chat.press(f"{button}:{appeal.id}") == texts.NO_SUCH_APPEAL


@pytest.mark.parametrize("button", ["call", "cancel", "solved"])
async def test_the_same_press_on_two_instances_is_answered_once(button: str) -> None:
    """Who wrote first answers."""
    chat = Chat()
    await chat.say("Позовите менеджера" if button != "call" else LOGO.question)
    appeal = await chat.appeal()
    press = chat.pressed(f"{button}:{appeal.id}")
    other = chat.world.memory()
    chat.world.journal.slow = True
    before = len(chat.world.messenger.to(chat.chat))
    await asyncio.gather(*(receive(chat.world.outside(), memory, press) for memory in (chat.memory, other)))
    assert len(chat.world.messenger.to(chat.chat)) == before + 1


async def test_what_a_person_chose_between_read_and_write_stands() -> None:
    """«Решено» typed while the hand-over is written stays, and the partner is not told of a specialist."""
    chat = Chat()
    await chat.say(LOGO.question)

    def resolved(appeal: Appeal) -> Edit:
        return Edit(at=chat.world.clock.local(), status=Status.RESOLVED, trace=appeal.known_trace)

    chat.world.journal.before_write.append(resolved)
    answer = await chat.say("Позовите менеджера")
    assert (await chat.appeal()).status == Status.RESOLVED
    assert "специалист" not in answer


async def test_an_update_that_comes_again_is_answered_from_the_record() -> None:
    """On another instance: the recorded reply again, one model call, one pair of lines."""
    chat = Chat()
    await chat.say(LOGO.question)
    assert await chat.again(on_new_instance=True) == LOGO.answer
    assert chat.world.assistant.asked == [LOGO.question]
    assert len((await chat.appeal()).lines) == 2


async def test_an_update_that_comes_again_to_who_answered_it_is_silent() -> None:
    """The instance that sent the reply knows it."""
    chat = Chat()
    await chat.say(LOGO.question)
    assert await chat.again() == ""


@pytest.mark.parametrize("button", ["call", "cancel", "solved"])
async def test_a_press_that_comes_again_to_who_answered_it_is_silent(button: str) -> None:
    """The answers to presses leave by a call, and the instance that sent one knows it."""
    chat = Chat()
    await chat.say("Позовите менеджера" if button != "call" else LOGO.question)
    assert await chat.press(f"{button}:{(await chat.appeal()).id}") != ""
    assert await chat.again() == ""


@pytest.mark.parametrize("button", ["call", "cancel", "solved"])
async def test_a_press_that_comes_again_to_another_instance_is_answered_and_counted(button: str) -> None:
    """Whether the first one's answer left nobody knows."""
    chat = Chat()
    await chat.say("Позовите менеджера" if button != "call" else LOGO.question)
    answer = await chat.press(f"{button}:{(await chat.appeal()).id}")
    assert await chat.again(on_new_instance=True) == answer
    assert "reply_repeated" in [event for _, event, _ in chat.world.log.lines]


@pytest.mark.parametrize("said", [LOGO.question, "Позовите менеджера"])
async def test_the_same_message_on_an_instance_that_is_slow_to_look(said: str) -> None:
    """It had arrived before the other one recorded it: that one was at work, and answers."""
    chat = Chat()
    came = chat.written(said)
    assert await chat.update(came) != ""
    assert await chat.update(came, memory=chat.world.memory()) == ""


@pytest.mark.parametrize("button", ["call", "cancel", "solved"])
async def test_the_same_press_on_an_instance_that_is_slow_to_look(button: str) -> None:
    """As with a message: a second text would tell the partner nothing new."""
    chat = Chat()
    await chat.say("Позовите менеджера" if button != "call" else LOGO.question)
    came = chat.pressed(f"{button}:{(await chat.appeal()).id}")
    assert await chat.update(came) != ""
    assert await chat.update(came, memory=chat.world.memory()) == ""


async def test_a_verdict_that_could_not_be_recorded_is_not_asked_for_again() -> None:
    """The journal fails after the model's answer: Telegram brings the update again, the model is not asked twice."""
    chat = Chat()
    outage = Unavailable("sheets: 503")

    class Breaking:
        async def consider(self, question: str, **kwargs: object) -> Verdict:
            asked.append(question)
            chat.world.journal.failing = outage
            return Verdict(action=Action.ANSWER, text=LOGO.answer, sources=(LOGO.id,))

    asked: list[str] = []
    chat.world.assistant = Breaking()  # type: ignore[assignment]
    with pytest.raises(Unavailable):
        await chat.say(LOGO.question)
    chat.world.journal.failing = None
    assert await chat.again() == LOGO.answer
    assert asked == [LOGO.question]


async def test_a_lost_send_is_repaired_by_the_repeated_update() -> None:
    """Recorded but not sent: the update comes again and the recorded reply leaves."""
    chat = Chat()
    chat.world.messenger.failing.append(Unavailable("telegram: timed out"))
    with pytest.raises(Unavailable):
        await chat.say(LOGO.question)
    assert await chat.again() == LOGO.answer
    assert len((await chat.appeal()).lines) == 2


async def test_a_notice_that_could_not_be_published_is_published_again() -> None:
    """Handed over in the sheet, but Pub/Sub failed: the repeated update publishes."""
    chat = Chat()
    chat.world.events.failing.append(Unavailable("pubsub: 503"))
    with pytest.raises(Unavailable):
        await chat.say("Позовите менеджера")
    assert "Вопрос у специалиста" in await chat.again()
    assert len(chat.world.events.published) == 1


async def test_a_deleted_row_is_a_persons_will() -> None:
    """The next message opens a new appeal."""
    chat = Chat()
    await chat.say(LOGO.question)
    chat.world.journal.rows.clear()
    assert await chat.say(LOGO.question) == LOGO.answer
    assert len(chat.world.journal.rows) == 1


async def test_another_partners_button_does_nothing_to_them() -> None:
    """A press speaks only for its own chat."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    stranger = Chat(chat.world, chat=777)
    await stranger.say("00777 89990001122")
    assert await stranger.press(f"cancel:{appeal.id}") == texts.NOTHING_TO_CALL_FOR
    assert (await chat.appeal()).status == Status.HANDED_OVER


async def test_without_a_specialists_chat_the_admins_are_told() -> None:
    """SPECIALISTS_CHAT_ID is optional."""
    chat = Chat(World(specialists_chat=None))
    await chat.say("Позовите менеджера")
    await chat.events()
    assert len(chat.world.messenger.to(ADMIN)) == 1


async def test_a_long_outage_is_said_once() -> None:
    """Nothing can be recorded: the update waits at Telegram; after a minute the chat is told, once."""
    chat = Chat()
    chat.world.journal.failing = Unavailable("sheets: 503")
    for seconds in (0, 30, 40, 60, 90):
        chat.world.clock.advance(seconds)
        with pytest.raises(Unavailable):
            await (chat.again() if chat.last else chat.say(LOGO.question))
    assert chat.world.messenger.to(501) == [texts.LATE]
    chat.world.journal.failing = None
    assert await chat.again() == LOGO.answer


async def test_a_reply_changed_while_the_first_is_on_its_way() -> None:
    """Both arrive, in order; the same push at the same moment sends nothing twice."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    event: dict[str, object] = {"kind": "appeals.edited", "appeals": [{"id": appeal.id, "row": 2, "edited": ["reply"]}]}
    chat.world.journal.person_sets(appeal.id, reply="Первый")
    say = chat.world.messenger.say

    async def slow(message: Say) -> int:
        number = await say(message)
        chat.world.journal.person_sets(appeal.id, reply="Второй")
        await asyncio.sleep(0)
        return number

    chat.world.messenger.say = slow  # type: ignore[method-assign]
    await asyncio.gather(*(chat.event(event) for _ in range(3)))
    told = [text for text in chat.world.messenger.to(501) if "Ответ специалиста" in text]
    assert told == [texts.reply(appeal.number, "Первый"), texts.reply(appeal.number, "Второй")]


async def test_one_row_that_fails_stops_no_other() -> None:
    """Twenty replies pasted at once: the one that Telegram cannot take now comes again, the others arrive."""
    anna, boris = Chat(), Chat(chat=777)
    boris.world = anna.world
    await boris.say("00777 89990001122")
    for chat in (anna, boris):
        await chat.say("Позовите менеджера")
        anna.world.journal.person_sets((await chat.appeal()).id, reply="Готово")
    rows = [{"id": (await chat.appeal()).id, "row": 2 + n, "edited": ["reply"]} for n, chat in enumerate((anna, boris))]
    anna.world.messenger.failing.append(Unavailable("telegram: 502"))
    with pytest.raises(Unavailable):
        await anna.event({"kind": "appeals.edited", "appeals": rows})
    assert [len([t for t in anna.world.messenger.to(c) if "Готово" in t]) for c in (501, 777)] == [0, 1]
    await anna.event({"kind": "appeals.edited", "appeals": rows})
    assert [len([t for t in anna.world.messenger.to(c) if "Готово" in t]) for c in (501, 777)] == [1, 1]


async def test_a_reply_of_a_whole_cell_fits_into_the_history() -> None:
    """50,000 characters are a cell's limit: the partner gets all of them, the history where to find them."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    number = (await chat.appeal()).number
    assert await chat.person(reply="я" * 49_000) == [texts.reply(number, "я" * 49_000)]
    line = (await chat.appeal()).lines[0]
    assert line.text.endswith("… (целиком в ячейке ответа)")
    assert len(line.text) < 21_000
    assert await chat.person() == []


async def test_the_notice_tells_what_was_asked() -> None:
    """«Позовите специалиста» alone says nothing: the question before it stands in the notice."""
    chat = Chat()
    await chat.say("Когда выставка?")
    await chat.say("Позовите специалиста")
    await chat.events()
    [notice] = chat.world.messenger.to(SPECIALISTS)
    assert "Когда выставка? · Позовите специалиста" in notice


async def test_the_receipt_names_who_typed() -> None:
    """The responsible person of the row, else the editor."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    chat.world.journal.person_sets(appeal.id, reply="Готово")
    rows = [{"id": appeal.id, "row": 2, "edited": ["reply"]}]
    await chat.event({"kind": "appeals.edited", "appeals": rows, "editor": "ivanov@example.com"})
    assert (await chat.appeal()).receipt == "доставлено 14:03 · ivanov"


async def test_a_hand_over_answered_before_its_event_came_is_noticed_all_the_same() -> None:
    """One notice for each: that a specialist has it already stands in it."""
    chat = Chat()
    await chat.say("Когда выставка?")
    await chat.say("Позовите специалиста")
    await chat.person(reply="В мае")
    await chat.events()
    chat.handled = 0
    await chat.events()
    [notice] = chat.world.messenger.to(SPECIALISTS)
    assert notice.startswith("✅ Уже у специалиста")
    assert "Позовите специалиста" in notice


async def test_a_call_taken_back_before_its_event_came_bothers_nobody() -> None:
    """Nobody waits; the next call is a hand-over of its own."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.press(f"cancel:{(await chat.appeal()).id}")
    await chat.events()
    assert chat.world.messenger.to(SPECIALISTS) == []
    chat.world.clock.advance(60)
    await chat.say("Позовите менеджера")
    await chat.events()
    chat.handled = 0
    await chat.events()
    assert len(chat.world.messenger.to(SPECIALISTS)) == 1


async def test_after_half_a_sort_the_assistant_stays_silent() -> None:
    """The row is confused, but the bot knows that a specialist had it: the message goes there, in a new appeal."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.journal.half_sorted((await chat.appeal()).id, status=Status.ANSWERED)
    answer = await chat.say(LOGO.question)
    appeal = await chat.appeal()
    assert answer == texts.handed_over(appeal.number)
    assert appeal.status == Status.HANDED_OVER
    assert not chat.world.assistant.asked
    assert await chat.say("Ещё вопрос") == "👀"


async def test_after_half_a_sort_of_an_answered_appeal_the_assistant_goes_on() -> None:
    """In a new appeal; the status of the stranger's half says nothing."""
    chat = Chat()
    await chat.say(LOGO.question)
    chat.world.journal.half_sorted((await chat.appeal()).id, status=Status.HANDED_OVER)
    assert await chat.say(LOGO.question) == LOGO.answer
    assert len(chat.world.journal.rows) == 2


async def test_messages_at_the_same_moment_open_one_appeal() -> None:
    """The second belongs to what the first one opened."""
    chat = Chat()
    await asyncio.gather(*(chat.say(LOGO.question) for _ in range(5)))
    assert len(chat.world.journal.rows) == 1
    assert len((await chat.appeal()).lines) == 10


async def test_who_writes_to_a_specialist_waits_from_then_on() -> None:
    """«Вопрос» and «Ждёт с» are set together: the list of those who wait shows both."""
    chat = Chat()
    await chat.say(LOGO.question)
    await chat.person(status=Status.IN_WORK)
    await chat.say("А когда?")
    appeal = await chat.appeal()
    assert (appeal.question, appeal.waiting_since) == ("› А когда?", "2026-11-22 14:03:00")


async def test_a_closed_appeal_cannot_be_called_back() -> None:
    """The partner reads that it is closed, not that somebody works on it."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    appeal = await chat.appeal()
    await chat.person(status=Status.RESOLVED)
    assert await chat.press(f"cancel:{appeal.id}") == texts.resolved(appeal.number)


async def test_a_hand_over_in_a_confused_row_names_nobody_else() -> None:
    """Half of the columns were sorted before the event came: the notice goes out, without the stranger's name."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.journal.half_sorted((await chat.appeal()).id, status=Status.RESOLVED)
    await chat.events()
    [notice] = chat.world.messenger.to(SPECIALISTS)
    assert "строка перепутана: Позовите менеджера" in notice


async def test_the_same_reply_after_another_is_sent_again() -> None:
    """«Да», «Нет», «Да»: three messages, as the receipts say."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    for text in ("Да", "Нет", "Да"):
        assert len(await chat.person(reply=text)) == 1


async def test_a_login_that_comes_again_is_no_question() -> None:
    """The partner is known by then: the message is deleted, nothing of it journaled or shown to the model."""
    chat = Chat(chat=777)
    await chat.say("00777 89990001122")
    assert await chat.again(on_new_instance=True) == texts.welcome("Борис")
    assert not chat.world.journal.rows
    assert not chat.world.assistant.asked
    assert len(chat.world.messenger.deleted) == 2


async def test_solved_while_a_person_resolves_is_answered() -> None:
    """«Решено» typed while «Вопрос решён» is written: closed, and the partner hears it."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.person(reply="Готово")
    appeal = await chat.appeal()
    chat.person_acts_before_the_write(Status.RESOLVED)
    assert await chat.press(f"solved:{appeal.id}") == texts.resolved(appeal.number)


async def test_a_call_while_a_person_has_it_is_told() -> None:
    """«В работе» set by hand, nobody waited yet: the press is journaled, the partner waits, the specialists hear."""
    chat = Chat()
    await chat.say(LOGO.question)
    await chat.person(status=Status.IN_WORK)
    appeal = await chat.appeal()
    assert await chat.press(f"call:{appeal.id}") == texts.handed_over(appeal.number)
    await chat.events()
    assert (await chat.appeal()).waiting_since != NOTHING
    assert len(chat.world.messenger.to(SPECIALISTS)) == 1


async def test_a_cancellation_that_a_specialist_outruns() -> None:
    """«В работе» typed while «Отменить вызов» is written: it stands, the question waits, the journal says so."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    before = await chat.appeal()
    chat.person_acts_before_the_write(Status.IN_WORK)
    assert await chat.press(f"cancel:{before.id}") == texts.CALL_TOO_LATE
    now = await chat.appeal()
    assert (now.status, now.question, now.waiting_since) == (Status.IN_WORK, before.question, before.waiting_since)
    assert now.lines[0].text == texts.CANCEL_CAME_LATE


async def test_a_message_to_a_specialist_who_closes_the_appeal_meanwhile() -> None:
    """Nothing stays unseen in a new row: it is handed over, and the partner hears its number."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    await chat.events()
    read = chat.world.journal.newest

    async def read_and_closed(of: int) -> Appeal | None:
        found = await read(of)
        assert found is not None
        chat.world.journal.person_sets(found.id, status=Status.RESOLVED)
        return found

    chat.world.journal.newest = read_and_closed  # type: ignore[method-assign, assignment]
    answer = await chat.say("И ещё вопрос")
    chat.world.journal.newest = read  # type: ignore[method-assign]
    appeal = await chat.appeal()
    assert appeal.status == Status.HANDED_OVER
    assert answer == texts.handed_over(appeal.number)
    await chat.events()
    assert len(chat.world.messenger.to(SPECIALISTS)) == 2


async def test_a_reply_into_a_row_that_takes_no_more_lines() -> None:
    """Full, and its archive cannot be used: the receipt stands all the same, and nothing is sent twice."""
    chat = Chat()
    await chat.say("Позовите менеджера")
    chat.world.journal.full.add((await chat.appeal()).id)
    assert len(await chat.person(reply="Готово")) == 1
    assert (await chat.appeal()).receipt == "доставлено 14:03"
    assert await chat.person() == []
