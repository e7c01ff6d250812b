"""A chat with the bot as its use cases see it: what a partner does, and what comes back."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from shared.domain.appeals import Appeal
from shared.domain.incoming import Message, Press
from shared.domain.promotions import Promotion, PromotionStatus
from shared.domain.status import Status
from shared.ports import Answer, React, Say
from shared.usecases.handle_event import handle_event
from shared.usecases.memory import Memory
from shared.usecases.receive import receive
from tests.fakes import LOGO, World

COMMAND = re.compile(r"/\w{1,64}(?:@\w{3,32})?(?![\w/<>])", re.ASCII)
"""What Telegram marks as a command at the beginning of a text."""
BUTTONS = ["call", "cancel", "solved"]
SALE = Promotion(
    id="p1",
    title="Скидка_20 %",
    description="На съёмку объектов",
    status=PromotionStatus.ACTIVE,
    released=date(2026, 11, 20),
    starts=date(2026, 11, 20),
    ends=date(2026, 12, 1),
)


class Chat:
    """One instance of the webhook and one of sheet-events around the same world."""

    def __init__(self, world: World | None = None, chat: int = 501) -> None:
        self.world = world or World()
        self.chat = chat
        self.memory = self.world.memory()
        self.events_memory = self.world.memory()
        self.updates = itertools.count(1000)
        self.messages: Iterator[int] = itertools.count(10)
        self.last: Message | Press | None = None
        self.handled = 0

    async def say(self, text: str) -> str:
        """The partner writes; gives what they read, «👀» for a reaction."""
        return await self.update(self.written(text))

    def written(self, text: str) -> Message:
        return Message(
            update=str(next(self.updates)),
            chat=self.chat,
            message=next(self.messages),
            text=text,
            command=command[0] if (command := COMMAND.match(text)) else "",
            arrived=self.world.clock.now(),
            sent_at=int(self.world.clock.now()),
        )

    async def press(self, data: str) -> str:
        return await self.update(self.pressed(data))

    def pressed(self, data: str, *, under: int | None = None) -> Press:
        """`under`: the number of the bot's message with the button, else that of one that has just been sent."""
        update, arrived = str(next(self.updates)), self.world.clock.now()
        number = next(self.messages) if under is None else under
        return Press(update=update, press="1", chat=self.chat, data=data, arrived=arrived, message=number)

    async def offered(self, button: str) -> str:
        """The partner gets to where this button stands; gives what a press of it carries."""
        await self.say(LOGO.question if button == "call" else "Позовите менеджера")
        return f"{button}:{(await self.appeal()).id}"

    async def again(self, *, on_new_instance: bool = False) -> str:
        """Telegram brings the last update once more."""
        if on_new_instance:
            self.memory = self.world.memory()
        assert self.last is not None
        self.world.clock.advance(1)
        return await self.update(replace(self.last, arrived=self.world.clock.now()))

    async def update(self, incoming: Message | Press, *, memory: Memory | None = None) -> str:
        """What the partner reads of the instance with this memory."""
        self.last = incoming
        before = len(self.world.messenger.said)
        answer = await receive(self.world.outside(), memory or self.memory, incoming)
        called = [say.text for say in self.world.messenger.said[before:] if say.chat == self.chat]
        return " | ".join([*called, *([_shown(answer)] if answer else [])])

    async def person(self, *, status: Status | str | None = None, reply: str | None = None) -> list[str]:
        """A specialist edits the newest row and the trigger fires; gives what the partner reads then."""
        appeal = await self.appeal()
        before = len(self.world.messenger.to(self.chat))
        self.world.journal.person_sets(appeal.id, status=status, reply=reply)
        edited = [*(["status"] if status is not None else []), *(["reply"] if reply is not None else [])]
        row = {"id": appeal.id, "row": 2, "edited": edited, "by_hand": bool(reply)}
        await self.event({"kind": "appeals.edited", "appeals": [row], "published": self.world.clock.now()})
        return self.world.messenger.to(self.chat)[before:]

    async def person_acts_before_the_write(
        self, status: Status | str | None = None, *, reply: str | None = None, owner: str | None = None
    ) -> None:
        """Between the next change's read and its write a person types into the newest row."""
        row = (await self.appeal()).id
        sets = partial(self.world.journal.person_sets, row, status=status, reply=reply, owner=owner)
        self.world.journal.before_write.append(sets)

    async def event(self, event: dict[str, object]) -> None:
        await handle_event(self.world.outside(), self.events_memory, event)

    async def events(self) -> None:
        """Pub/Sub delivers what was published since the last time."""
        for event in self.world.events.published[self.handled :]:
            await self.event(event)
        self.handled = len(self.world.events.published)

    async def events_again(self) -> None:
        """Pub/Sub delivers everything that was ever published once more."""
        self.handled = 0
        await self.events()

    async def appeal(self) -> Appeal:
        appeal = await self.world.journal.newest(self.chat)
        assert appeal is not None
        return appeal


def replies_typed(*appeals: Appeal) -> dict[str, object]:
    """The event of the sheet's trigger after a paste, the rows standing one below the other."""
    rows = [{"id": appeal.id, "row": row, "edited": ["reply"]} for row, appeal in enumerate(appeals, 2)]
    return {"kind": "appeals.edited", "appeals": rows}


def _shown(answer: Answer) -> str:
    match answer:
        case Say():
            return answer.text
        case React():
            return answer.emoji
