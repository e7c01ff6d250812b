"""Data signed for the Mini App, against an independent validator."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import parse_qsl

import pytest
from telegram_webapp_auth.auth import TelegramAuthenticator, generate_secret_key
from telegram_webapp_auth.errors import ExpiredInitDataError, InvalidInitDataError

from playground.telegram.initdata import signed
from tests.playground.telegram.telegram_world import PARTNER, TOKEN, World

VALIDATOR = TelegramAuthenticator(generate_secret_key(TOKEN))


async def test_init_data_is_valid(started: World) -> None:
    """Who opened the Mini App, when, and with which start parameter, signed with the bot's token."""
    await started.person("POST", f"/users/{PARTNER}", first_name="Анна & «К»", last_name="О'Нил")
    answer = await started.person("GET", f"/users/{PARTNER}/init-data?start_param=promo-7")
    data = VALIDATOR.validate(answer["init_data"], timedelta(hours=24))
    assert data.user is not None
    assert (data.user.id, data.user.first_name, data.user.language_code) == (PARTNER, "Анна & «К»", "ru")
    assert data.user.allows_write_to_pm is True
    assert data.start_param == "promo-7"
    assert dict(parse_qsl(answer["init_data"]))["signature"]


async def test_empty_parameters_are_none(started: World) -> None:
    """`?age_s=&start_param=` is as good as nothing: fresh, and without a start parameter."""
    answer = await started.person("GET", f"/users/{PARTNER}/init-data?age_s=&start_param=")
    assert VALIDATOR.validate(answer["init_data"], timedelta(minutes=1)).start_param is None


async def test_old_and_forged_data_is_refused(started: World) -> None:
    """`age_s` makes it older than a day; one changed character breaks it."""
    old = await started.person("GET", f"/users/{PARTNER}/init-data?age_s=90000")
    with pytest.raises(ExpiredInitDataError):
        VALIDATOR.validate(old["init_data"], timedelta(hours=24))
    fresh = await started.person("GET", f"/users/{PARTNER}/init-data")
    with pytest.raises(InvalidInitDataError):
        VALIDATOR.validate(fresh["init_data"].replace(str(PARTNER), "1002"), timedelta(hours=24))


async def test_the_clock_of_the_playground_counts(started: World) -> None:
    """auth_date is playground time."""
    started.kernel.clock.advance(3600)
    answer = await started.person("GET", f"/users/{PARTNER}/init-data?age_s=10")
    assert int(dict(parse_qsl(answer["init_data"]))["auth_date"]) == int(started.kernel.clock.now()) - 10


async def test_a_shared_contact_is_signed_the_same_way(started: World) -> None:
    """What requestContact gives: the phone of the account, its date, a hash over both."""
    answer = await started.person("GET", f"/users/{PARTNER}/contact?phone=%2B79120000000")
    fields = dict(parse_qsl(answer["contact"]))
    assert json.loads(fields["contact"])["phone_number"] == "+79120000000"
    assert json.loads(fields["contact"])["user_id"] == PARTNER
    assert answer["contact"] == signed(TOKEN, {name: fields[name] for name in ("contact", "auth_date")})


async def test_the_mini_app_answers_through_the_bot(started: World) -> None:
    """answerWebAppQuery speaks for the person, once."""
    answer = await started.person("GET", f"/users/{PARTNER}/init-data")
    query_id = dict(parse_qsl(answer["init_data"]))["query_id"]
    result = {"type": "article", "id": "1", "title": "Да", "input_message_content": {"message_text": "Выбрано"}}
    await started.result("answerWebAppQuery", web_app_query_id=query_id, result=result)
    assert [(m["from"], m["text"]) for m in await started.sees()][-1] == ("user", "Выбрано")
    again = await started.refusal("answerWebAppQuery", web_app_query_id=query_id, result=result)
    assert again == "Bad Request: query is too old and response timeout expired or query ID is invalid"
    photo = result | {"type": "photo"}
    unknown = await started.refusal("answerWebAppQuery", web_app_query_id=query_id, result=photo)
    assert unknown == 'Bad Request: type "photo" of result is unknown or not emulated by the playground'
