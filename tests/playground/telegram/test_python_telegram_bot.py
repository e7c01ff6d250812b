"""The unmodified client library against the emulator."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import telegram
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    LinkPreviewOptions,
    MenuButtonWebApp,
    MessageEntity,
    ReplyParameters,
    WebAppInfo,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from tests.playground.telegram.telegram_world import PARTNER, TOKEN, World


@pytest.fixture
async def bot(online: World) -> AsyncIterator[Bot]:
    client = Bot(
        TOKEN, base_url=f"{online.base_url}/telegram/bot", base_file_url=f"{online.base_url}/telegram/file/bot"
    )
    async with client:
        yield client


async def test_messages_with_buttons_are_sent_edited_and_deleted(online: World, bot: Bot) -> None:
    """What the library sends is what the partner sees, buttons included; edits and deletions too."""
    app = InlineKeyboardButton("Войти", web_app=WebAppInfo("https://example.com/index.html"))
    markup = InlineKeyboardMarkup([[app], [InlineKeyboardButton("Позвать", callback_data="call")]])
    sent = await bot.send_message(PARTNER, "Это <b>поддержка</b>", parse_mode="HTML", reply_markup=markup)
    assert (sent.text, sent.entities[0].type) == ("Это поддержка", "bold")

    edited = await bot.edit_message_text(
        "Готово", PARTNER, sent.message_id, link_preview_options=LinkPreviewOptions(is_disabled=True)
    )
    assert isinstance(edited, telegram.Message)
    assert edited.edit_date is not None
    assert (await online.sees())[-1] | {"edit_date": 0} == (await online.sees())[-1] | {
        "text": "Готово",
        "edit_date": 0,
    }
    assert (await online.sees())[-1]["reply_markup"] is None

    assert await bot.delete_message(PARTNER, sent.message_id)
    assert [m["text"] for m in await online.sees()] == ["Здравствуйте"]


async def test_entities_replies_and_reactions(online: World, bot: Bot) -> None:
    """Entities given by offset, a reply to a message of the partner, a reaction on it."""
    question = (await online.sees())[0]["message_id"]
    sent = await bot.send_message(
        PARTNER,
        "👋 жирно",
        entities=[MessageEntity("bold", 3, 5)],
        reply_parameters=ReplyParameters(question),
    )
    assert sent.parse_entities() == {sent.entities[0]: "жирно"}
    assert sent.reply_to_message is not None
    await bot.set_message_reaction(PARTNER, question, "👀")
    assert (await online.sees())[0]["reactions"] == ["👀"]


async def test_files_go_up_and_come_down(online: World, bot: Bot) -> None:
    """Uploads, albums, and the download of what a partner sent, to the byte."""
    document = await bot.send_document(PARTNER, b"%PDF-1.7 price", filename="Прайс.pdf", caption="Прайс")
    assert document.document is not None
    assert bytes(await (await document.document.get_file()).download_as_bytearray()) == b"%PDF-1.7 price"

    album = await bot.send_media_group(PARTNER, [InputMediaPhoto(b"one"), InputMediaPhoto(b"two", caption="Вторая")])
    assert len({photo.media_group_id for photo in album}) == 1

    await online.person("POST", f"/users/{PARTNER}/messages", photo={"name": "фото.jpg", "size": 50_001}, caption="Вот")
    [update] = [u for u in await bot.get_updates() if u.message and u.message.photo]
    assert update.message is not None
    file = await bot.get_file(update.message.photo[-1].file_id)
    assert len(await file.download_as_bytearray()) == 50_001


async def test_copies_and_forwards_to_a_group(online: World, bot: Bot) -> None:
    """A partner's message is copied and forwarded into the specialists' group; the forward says whose it was."""
    online.telegram.create_group(-1001, "Специалисты")
    message_id = (await online.sees())[0]["message_id"]
    await bot.copy_message(-1001, PARTNER, message_id)
    forwarded = await bot.forward_message(-1001, PARTNER, message_id)
    assert forwarded.forward_origin is not None
    seen = await online.person("GET", "/chats/-1001/messages")
    assert [(m["from"], m["text"]) for m in seen] == [("bot", "Здравствуйте")] * 2


async def test_the_bot_presents_itself(online: World, bot: Bot) -> None:
    """Commands, descriptions and the menu button are kept and seen by the partner."""
    assert await bot.set_my_commands([BotCommand("start", "Начать")])
    assert await bot.set_my_commands([BotCommand("stats", "Отчёт")], scope=BotCommandScopeChat(PARTNER))
    assert [c.command for c in await bot.get_my_commands()] == ["start"]
    button = MenuButtonWebApp("Кабинет", WebAppInfo("https://example.com/menu.html"))
    assert await bot.set_chat_menu_button(PARTNER, button)
    assert await bot.get_chat_menu_button(PARTNER) == button
    assert await bot.set_my_description("Поддержка партнёров")
    assert (await bot.get_my_description()).description == "Поддержка партнёров"
    seen = await online.person("GET", f"/users/{PARTNER}")
    assert seen["menu_button"]["text"] == "Кабинет"
    assert [command["command"] for command in seen["commands"]] == ["stats"]


async def test_errors_become_the_librarys_exceptions(online: World, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    """400, 401, 403 and 429 arrive as the exceptions that adapters catch."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.send_message(PARTNER, "")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(-404, "Есть кто?")
    online.telegram.know_user(2002, first_name="Пётр")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(2002, "Здравствуйте")
    await online.person("POST", f"/users/{PARTNER}/block")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(PARTNER, "Здравствуйте")
    online.kernel.settings.telegram_limits = True
    await online.person("POST", f"/users/{PARTNER}/unblock")
    for _ in range(3):
        await bot.send_message(PARTNER, "Ещё")
    with pytest.raises(RetryAfter):
        await bot.send_message(PARTNER, "И ещё")
    for token in ("1:wrong", "wrong"):
        with pytest.raises(InvalidToken):
            async with Bot(token, base_url=f"{online.base_url}/telegram/bot"):
                pass


async def test_webhook_is_set_and_described(online: World, bot: Bot) -> None:
    """setWebhook writes the playground's max_connections; getWebhookInfo tells what waits; getUpdates conflicts."""
    assert await bot.set_webhook(
        "http://127.0.0.1:1/telegram", max_connections=100, secret_token="s", allowed_updates=["message"]
    )
    assert online.kernel.settings.max_connections == 100
    info = await bot.get_webhook_info()
    assert (info.url, info.max_connections, info.allowed_updates) == ("http://127.0.0.1:1/telegram", 100, ("message",))
    assert info.pending_update_count == 1
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_a_poll_ends_when_another_begins(online: World, bot: Bot) -> None:
    """A second instance's getUpdates and a setWebhook each end the call that waits; the one that ended it waits on."""
    [seen] = await bot.get_updates()
    async with Bot(TOKEN, base_url=f"{online.base_url}/telegram/bot") as other:
        first = asyncio.create_task(bot.get_updates(offset=seen.update_id + 1, timeout=30))
        await online.until(lambda: online.telegram.stats().get("getUpdates") == 2)
        second = asyncio.create_task(other.get_updates(offset=seen.update_id + 1, timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one bot"):
            await first
        await online.says("Ещё вопрос")
        [update] = await second
        assert (update.message and update.message.text) == "Ещё вопрос"
        third = asyncio.create_task(other.get_updates(offset=update.update_id + 1, timeout=30))
        await online.until(lambda: online.telegram.stats().get("getUpdates") == 4)
        await bot.set_webhook("http://127.0.0.1:1/telegram")
        with pytest.raises(Conflict, match="terminated by setWebhook request"):
            await third


async def test_the_playgrounds_own_webhook_ends_a_poll(online: World, bot: Bot) -> None:
    """The webhook that the playground sets at its start is one like any other."""
    [seen] = await bot.get_updates()
    poll = asyncio.create_task(bot.get_updates(offset=seen.update_id + 1, timeout=30))
    await online.until(lambda: online.telegram.stats().get("getUpdates") == 2)
    online.set_webhook()
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll


async def test_parameters_of_older_clients(online: World, bot: Bot) -> None:
    """A client of years ago says `disable_web_page_preview` and `reply_to_message_id`; it is understood."""
    question = (await online.sees())[0]["message_id"]
    old = {"disable_web_page_preview": True, "reply_to_message_id": question}
    sent = await bot.send_message(PARTNER, "см. example.com", api_kwargs=old)
    assert sent.link_preview_options == LinkPreviewOptions(is_disabled=True)
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.message_id == question
    missing = {"reply_to_message_id": 999, "allow_sending_without_reply": True}
    alone = await bot.send_photo(PARTNER, "https://example.com/1.jpg", api_kwargs=missing)
    assert alone.reply_to_message is None
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.copy_message(PARTNER, PARTNER, question, api_kwargs={"reply_to_message_id": 999})
    edited = await bot.edit_message_text(
        "см. example.org", PARTNER, sent.message_id, api_kwargs={"disable_web_page_preview": "true"}
    )
    assert isinstance(edited, telegram.Message)
    assert edited.link_preview_options == LinkPreviewOptions(is_disabled=True)


async def test_an_album_of_one_is_no_album(bot: Bot) -> None:
    """One photo has no `media_group_id`; two have the same."""
    [photo] = await bot.send_media_group(PARTNER, [InputMediaPhoto(b"one")])
    assert photo.media_group_id is None
    album = await bot.send_media_group(PARTNER, [InputMediaPhoto(b"one"), InputMediaPhoto(b"two")])
    assert len({photo.media_group_id for photo in album} - {None}) == 1
