"""Logging in, in the Mini App or by message."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from shared.ports import ChatGone
from shared.usecases.greet import greet
from shared.usecases.login import Invalid, LoggedIn, NotFound, Paused, Taken, login
from tests.fakes import ADMIN, ANNA, BORIS, World
from tests.usecases.chat import Chat


async def test_a_login_is_said_in_the_chat() -> None:
    """The chat welcomes by first name and leads to the cabinet; a chat that cannot be told does not undo the login."""
    world = World()
    await greet(world.outside(), 777, BORIS)
    [said] = world.messenger.said
    assert said.text == "Вы вошли, Борис. Задайте вопрос здесь или откройте кабинет."
    assert said.buttons[0][0].web_app == "https://partners.example/menu.html"
    assert world.messenger.menus == [(777, "https://partners.example/menu.html")]
    world.messenger.gone[778] = ChatGone("blocked")
    await greet(world.outside(), 778, BORIS)


@pytest.mark.parametrize("code", ["00777", " № 00777", "№00777 ", "0 0777"])
@pytest.mark.parametrize("phone", ["+7 999 000-11-22", "8 (999) 000-11-22", "79990001122", "9990001122"])
async def test_code_and_phone_as_people_type_them(code: str, phone: str) -> None:
    """Spaces and «№» do not matter, nor how the phone is written."""
    world = World()
    result = await login(world.outside(), world.memory(), chat=777, code=code, phone=phone)
    assert isinstance(result, LoggedIn)
    assert await world.directory.partner_of(777) == replace(BORIS, chat=777, authorised=True)


async def test_leading_zeros_matter() -> None:
    """«777» is another code than «00777»."""
    world = World()
    result = await login(world.outside(), world.memory(), chat=777, code="777", phone=BORIS.phone)
    assert isinstance(result, NotFound)


async def test_wrong_fields_are_named() -> None:
    """What is no code and no phone is said before the sheet is asked."""
    world = World()
    result = await login(world.outside(), world.memory(), chat=777, code=" ", phone="12")
    assert isinstance(result, Invalid)
    assert set(result.fields) == {"code", "phone"}


async def test_a_row_of_another_account_is_refused_and_an_admin_can_free_it() -> None:
    """The admin is told with a button that frees the row; nobody else's press does it."""
    world = World()
    result = await login(world.outside(), world.memory(), chat=777, code=ANNA.code, phone=ANNA.phone)
    assert isinstance(result, Taken)
    [notice] = [say for say in world.messenger.said if say.chat == ADMIN]
    data = notice.buttons[0][0].data
    await Chat(world, chat=777).press(data)
    assert await world.directory.partner_of(501)
    assert "свободна" in await Chat(world, chat=ADMIN).press(data)
    result = await login(world.outside(), world.memory(), chat=777, code=ANNA.code, phone=ANNA.phone)
    assert isinstance(result, LoggedIn)


async def test_the_button_frees_the_row_that_its_notice_spoke_of() -> None:
    """The account has moved to another row meanwhile: that one stays; who tries again bothers the admin once."""
    world = World()
    memory = world.memory()
    for _ in range(3):
        await login(world.outside(), memory, chat=777, code=ANNA.code, phone=ANNA.phone)
    [notice] = [say for say in world.messenger.said if say.chat == ADMIN]
    assert isinstance(await login(world.outside(), memory, chat=501, code=BORIS.code, phone=BORIS.phone), LoggedIn)
    assert "уже свободен" in await Chat(world, chat=ADMIN).press(notice.buttons[0][0].data)
    assert await world.directory.partner_of(501)


async def test_a_right_try_does_not_undo_wrong_ones() -> None:
    """Or one's own code between others' would be a way around the pause."""
    world = World()
    memory = world.memory()
    for _ in range(5):
        await login(world.outside(), memory, chat=777, code="00999", phone=BORIS.phone)
        world.clock.advance(1)
        mine = await login(world.outside(), memory, chat=777, code=BORIS.code, phone=BORIS.phone)
    assert isinstance(mine, Paused)


async def test_five_wrong_tries_pause() -> None:
    """Five in ten minutes, then the time left; afterwards it goes on."""
    world = World()
    memory = world.memory()

    async def wrong() -> object:
        return await login(world.outside(), memory, chat=777, code="00999", phone=BORIS.phone)

    for _ in range(5):
        assert isinstance(await wrong(), NotFound)
        world.clock.advance(30)
    paused = await login(world.outside(), memory, chat=777, code=BORIS.code, phone=BORIS.phone)
    assert isinstance(paused, Paused)
    assert paused.minutes == 8
    world.clock.advance(paused.seconds + 1)
    result = await login(world.outside(), memory, chat=777, code=BORIS.code, phone=BORIS.phone)
    assert isinstance(result, LoggedIn)


async def test_many_tries_at_once_are_no_way_around() -> None:
    """Twenty at the same moment: five are looked at."""
    world = World()
    memory = world.memory()

    class Slow:
        async def matching(self, code: str, phone: str) -> None:
            await asyncio.sleep(0)

    world.directory = Slow()  # type: ignore[assignment]
    tries = (login(world.outside(), memory, chat=777, code="00999", phone=BORIS.phone) for _ in range(20))
    results = await asyncio.gather(*tries)
    assert [type(result) for result in results].count(NotFound) == 5
    assert [type(result) for result in results].count(Paused) == 15


async def test_logging_in_to_another_row_frees_the_old_one() -> None:
    """An account stands in one row."""
    world = World()
    await login(world.outside(), world.memory(), chat=501, code=BORIS.code, phone=BORIS.phone)
    assert [partner.chat for partner in world.directory.partners] == [None, 501]
