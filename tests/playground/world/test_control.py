"""The control plane of a running playground, through HTTP, with the real functions."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from playground.testing import PlaygroundClient, running_playground


@pytest.fixture(scope="module")
def world() -> Iterator[PlaygroundClient]:
    with running_playground() as playground:
        yield playground


@pytest.fixture
def playground(world: PlaygroundClient) -> Iterator[PlaygroundClient]:
    """The running world; what a test changed is reset after it."""
    yield world
    world.control("POST", "reset")


def refused(playground: PlaygroundClient, method: str, path: str, body: object) -> str:
    answer = playground.http.request(method, path, json=body)
    assert answer.status_code == 400, answer.text
    return str(answer.json()["error"])


def pids(playground: PlaygroundClient, function: str) -> list[int]:
    return list(playground.control("GET", "info")["functions"][function]["pids"])


def test_info_says_all_that_a_tool_needs(world: PlaygroundClient) -> None:
    """Secrets, ids, tabs with the main one first, partners who may log in, functions, jobs, topics."""
    info = world.control("GET", "info")
    assert set(info["spreadsheets"]) == {"authorisation", "appeals", "promotions"}
    assert info["tabs"][info["spreadsheets"]["appeals"]][0] == "Обращения"
    assert info["tabs"][info["spreadsheets"]["authorisation"]] == ["Авторизация"]
    assert set(info["partners"][0]) == {"code", "phone", "name"}
    assert set(info["functions"]) == {"telegram-webhook", "sheet-events", "promo-scheduler"}
    for name, function in info["functions"].items():
        assert function["url"] == f"{world.base_url}/functions/{name}"
        # the master listens before it has started its worker
        world.wait_for(lambda name=name: len(pids(world, name)) >= 2)  # type: ignore[misc]
    assert (info["admin_id"], info["specialists_chat_id"]) == (900000001, -1001234567890)
    assert {"promotions", "sweep", "daily"} == set(info["jobs"])
    assert "sheet-events" in info["topics"]
    assert info["project"] == "marketingbot-playground"
    assert info["bot_token"]
    assert info["webhook_secret"]
    assert info["link_secret"]
    assert info["access_token"]


def test_a_partner_who_logged_in_is_no_longer_offered(playground: PlaygroundClient) -> None:
    """`partners` of /control/info are clean rows that are not authorised yet."""
    partner = playground.partner()
    playground.log_in(partner)
    assert partner.code not in [one["code"] for one in playground.control("GET", "info")["partners"]]


def test_settings_change_by_name_and_instances_run_at_once(playground: PlaygroundClient) -> None:
    """The answer comes when that many processes serve; the quota is shared among them."""
    playground.wait_for(lambda: len(pids(playground, "telegram-webhook")) == 2)
    shown = playground.control("PUT", "settings", {"instances": 2, "pubsub": {"duplicate": True}})
    assert (shown["instances"], shown["pubsub"]["duplicate"], shown["quotas"]) == (2, True, True)
    playground.wait_for(lambda: len(pids(playground, "telegram-webhook")) == 4)
    playground.wait_for(lambda: len(pids(playground, "sheet-events")) == 2)
    assert playground.control("PUT", "settings", {"instances": 1})["instances"] == 1
    playground.wait_for(lambda: len(pids(playground, "telegram-webhook")) == 2)


@pytest.mark.parametrize(
    ("path", "body", "named"),
    [
        ("settings", {"nothing_like_it": 1}, "nothing_like_it"),
        ("settings", {"quotas": "yes"}, "quotas"),
        ("settings", {"instances": 0}, "instances"),
        ("settings", [], "object"),
        ("clock", {"now": "tomorrow"}, "now"),
        ("clock", {"advance_s": None}, "advance_s"),
        ("clock", {"now": 1, "advance_s": 1}, "advance_s"),
        ("clock", {"now": 1_800_000_000_000}, "now"),
        ("clock", {"advance_s": 1e15}, "advance_s"),
        ("settings", {"pubsub": {"delay_ms": -1}}, "delay_ms"),
        ("settings", {"pubsub": {"faster": True}}, "faster"),
        ("faults", [{"service": "sheets", "action": "person", "edit": {"call": "dance"}}], "dance"),
        ("faults", {}, "list"),
        ("faults", [{"service": "sheets", "action": 503}, {"service": "nobody", "action": 503}], "fault 1: service"),
        ("faults", [{"service": "sheets", "action": 503, "times": "many"}], "fault 0"),
    ],
)
def test_bad_input_is_400_and_names_the_field(world: PlaygroundClient, path: str, body: object, named: str) -> None:
    """Nothing is changed by it."""
    before = world.control("GET", "settings"), world.control("GET", "faults")
    assert named in refused(world, "PUT", f"/control/{path}", body)
    assert (world.control("GET", "settings"), world.control("GET", "faults")) == before


def test_faults_hit_and_run_out(playground: PlaygroundClient) -> None:
    """The list is replaced as a whole; GET shows what is left."""
    playground.control("PUT", "faults", [{"service": "functions", "match": "health", "action": 503, "times": 1}])
    assert playground.control("GET", "faults")[0]["times"] == 1
    health = "/functions/telegram-webhook/health"
    assert [playground.http.get(health).status_code for _ in range(2)] == [503, 200]
    assert playground.control("GET", "faults")[0]["times"] == 0
    assert playground.control("PUT", "faults", []) == []


def test_the_fault_person_edits_right_after_the_matched_call(playground: PlaygroundClient) -> None:
    """Between a function's read and its write somebody types; `edit` is the body of that person's call."""
    edit = {"spreadsheet": "appeals", "range": "Настройки!C2", "values": [["между чтением и записью"]]}
    playground.control(
        "PUT",
        "faults",
        [{"service": "sheets", "match": "GET /v4/spreadsheets/", "action": "person", "times": 1, "edit": edit}],
    )
    info = playground.control("GET", "info")
    appeals = info["spreadsheets"]["appeals"]
    headers = {"Authorization": f"Bearer {info['access_token']}"}
    address = f"/google/v4/spreadsheets/{appeals}/values/Настройки!C2"
    seen = [playground.http.get(address, headers=headers).json().get("values") for _ in range(2)]
    assert seen[0] != seen[1]
    assert seen[1] == [["между чтением и записью"]]


def test_people_and_counters_under_faults(playground: PlaygroundClient) -> None:
    """People see and write while every call of the bot fails; the failures stand in the counters and in the log."""
    partner = playground.partner()
    playground.log_in(partner)
    before = playground.control("GET", "stats")["sheets"]["errors"]
    assert before == {}
    playground.control("PUT", "faults", [{"service": service, "action": 503} for service in ("sheets", "telegram")])
    playground.say(partner.user, "Где взять логотип?")
    assert playground.view("appeals") == []
    playground.wait_for(lambda: playground.control("GET", "stats")["sheets"]["errors"].get("503"))
    events = playground.control("GET", "events")
    assert any(event["source"] == "faults" and event["service"] == "sheets" for event in events)


def test_a_person_who_cannot_do_it_spoils_nothing(playground: PlaygroundClient) -> None:
    """The matched call is answered as computed; the log says what went wrong."""
    edit = {"spreadsheet": "appeals", "call": "delete-rows", "sheet": "нет такой", "row": 2}
    fault = {"service": "sheets", "match": "values", "action": "person", "edit": edit}
    playground.control("PUT", "faults", [fault])
    info = playground.control("GET", "info")
    answer = playground.http.get(
        f"/google/v4/spreadsheets/{info['spreadsheets']['appeals']}/values/Настройки!A1",
        headers={"Authorization": f"Bearer {info['access_token']}"},
    )
    assert answer.json()["values"] == [["Ключ"]]
    assert any("the person failed" in event["what"] for event in playground.control("GET", "events"))


def test_info_survives_any_export(playground: PlaygroundClient) -> None:
    """A tab replaced by something else, or emptied, is no reason to fall silent."""
    for values in ([["ID", "Имя"], ["1", "Анна"]], []):
        playground.people("replace-tab", {"spreadsheet": "authorisation", "sheet": "Авторизация", "values": values})
        assert playground.control("GET", "info")["partners"]


def test_the_clock_moves_and_due_jobs_run(playground: PlaygroundClient) -> None:
    """By seconds or to a moment (ISO without an offset is Moscow); the functions read the same offset from a file."""
    playground.control("PUT", "clock", {"advance_s": 3600})
    jobs = playground.wait_for(
        lambda: [event for event in playground.control("GET", "events") if event["source"] == "scheduler"]
    )
    assert jobs[0]["job"] in ("promotions", "sweep")
    moved = playground.control("PUT", "clock", {"now": "2027-01-01T12:00:00"})
    assert moved["iso"] == "2027-01-01T09:00:00+00:00"
    port = playground.base_url.rpartition(":")[2]
    offset = float((Path(__file__).parents[3] / ".playground" / port / "clock").read_text())
    assert abs(time.time() + offset - moved["now"]) < 5


def test_restart_and_kill(playground: PlaygroundClient) -> None:
    """A restart serves from fresh processes; a killed function is started by its next request."""
    before = pids(playground, "sheet-events")
    playground.control("POST", "functions/sheet-events/restart")
    fresh = pids(playground, "sheet-events")
    assert not set(before) & set(fresh)
    playground.control("POST", "functions/telegram-webhook/kill")
    assert pids(playground, "telegram-webhook") == []
    assert playground.http.get("/functions/telegram-webhook/health").status_code == 200
    playground.wait_for(lambda: len(pids(playground, "telegram-webhook")) == 2)
    assert playground.http.post("/control/functions/nobody/kill").status_code == 404


def test_a_job_runs_on_demand(playground: PlaygroundClient) -> None:
    """The answer is the function's status and body."""
    ran = playground.run_job("promotions")
    assert ran["status"] == 200, ran
    assert playground.http.post("/scheduler/jobs/nothing/run").status_code == 404


def test_reset_brings_the_synthetic_start_back(playground: PlaygroundClient) -> None:
    """Data, settings, clock, counters, faults and events; the functions are fresh; within five seconds."""
    partner = playground.partner()
    start = playground.view("authorisation")
    set_up = playground.http.get("/google/people/view?spreadsheet=appeals&sheet=Обращения").json()
    assert set_up["views"]
    playground.people("replace-tab", {"spreadsheet": "appeals", "sheet": "Обращения", "values": []})
    playground.log_in(partner)
    playground.control("PUT", "settings", {"quotas": False, "instances": 2})
    playground.control("PUT", "faults", [{"service": "openai", "action": 503}])
    playground.control("PUT", "clock", {"advance_s": 100_000})
    before = pids(playground, "telegram-webhook")
    assert playground.view("authorisation") != start

    began = time.monotonic()
    playground.control("POST", "reset")
    assert time.monotonic() - began < 5

    assert playground.view("authorisation") == start
    assert playground.http.get("/google/people/view?spreadsheet=appeals&sheet=Обращения").json() == set_up
    assert playground.messages(partner.user) == []
    shown = playground.control("GET", "settings")
    assert (shown["quotas"], shown["instances"]) == (True, 1)
    assert playground.control("GET", "faults") == []
    assert abs(playground.control("GET", "clock")["offset_s"]) < 1
    assert playground.control("GET", "stats")["telegram"] == {}
    assert not set(before) & set(pids(playground, "telegram-webhook"))
    assert playground.http.get("/healthz").status_code == 200
    playground.log_in(partner)


def test_nothing_leaks_through_a_reset(playground: PlaygroundClient) -> None:
    """Writes that wait in the network, pushes held back, scripts and jobs: none of it reaches the new world."""
    partner = playground.partner()
    playground.log_in(partner)
    info = playground.control("GET", "info")
    slow = {"sheets_latency_ms": 1_500, "pubsub": {"duplicate": True, "delay_ms": 1_000, "reorder": True}}
    playground.control("PUT", "settings", slow)
    playground.say(partner.user, "Где взять логотип?")
    playground.edit("appeals", "Обращения!G2", [["Ответ"]])
    with httpx2.Client(base_url=playground.base_url, trust_env=False) as tool, ThreadPoolExecutor() as elsewhere:
        path = f"/google/v4/spreadsheets/{info['spreadsheets']['appeals']}/values/Обращения!A2"
        parameters = {"valueInputOption": "RAW"}
        headers = {"Authorization": f"Bearer {info['access_token']}"}
        body = {"values": [["из прошлого"]]}
        writing = elsewhere.submit(tool.put, path, params=parameters, headers=headers, json=body)
        time.sleep(0.3)
        playground.control("POST", "reset")
        assert isinstance(writing.exception(), httpx2.TransportError)
    time.sleep(1.5)
    assert playground.view("appeals") == []
    assert playground.messages(partner.user) == []
    stats = playground.control("GET", "stats")
    assert stats["sheets"] == {"reads": 0, "writes": 0, "bytes_read": 0, "errors": {}}
    assert stats["openai"]["calls"] == 0
    assert set(stats["pubsub"].values()) == {0}
    left = [event for event in playground.control("GET", "events") if not event["what"].startswith("person")]
    assert left == []


def test_logs_and_events_tell_a_messages_path(playground: PlaygroundClient) -> None:
    """Log lines carry function and instance; `since` gives only what is newer."""
    seq = max([event["seq"] for event in playground.control("GET", "events")], default=0)
    playground.log_in(playground.partner())
    events = playground.wait_for(
        lambda: [one for one in playground.control("GET", f"events?since={seq}") if one["source"] == "functions"]
    )
    assert events[0]["function"] == "telegram-webhook"
    assert events[0]["status"] == 200
    logs = playground.wait_for(lambda: playground.control("GET", "logs?function=telegram-webhook"))
    assert all(line["function"] == "telegram-webhook" and line["instance"] and line["seq"] for line in logs)
    assert playground.control("GET", f"logs?since={logs[-1]['seq']}&function=telegram-webhook") == []
    assert "function" in refused(playground, "GET", "/control/logs?function=nobody", None)
    assert "since" in refused(playground, "GET", "/control/events?since=yesterday", None)
    assert len(playground.control("GET", "logs?since=2026-01-01T00:00:00+03:00&function=telegram-webhook")) >= len(logs)
    assert playground.control("GET", f"events?since={playground.control('GET', 'clock')['now'] + 60}") == []


def test_events_are_streamed_as_they_happen(world: PlaygroundClient) -> None:
    """Server-sent events; `since` or Last-Event-ID says where to go on."""
    seq = max([event["seq"] for event in world.control("GET", "events")], default=0)
    with world.http.stream("GET", f"/control/events/stream?since={seq}") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        elsewhere = PlaygroundClient(world.base_url)
        elsewhere.control("PUT", "clock", {"advance_s": 1})
        elsewhere.http.close()
        said = next(line for line in stream.iter_lines() if line.startswith("data: "))
    assert json.loads(said.removeprefix("data: "))["source"] == "control"


def test_the_mini_app_is_served_as_a_static_host_would(world: PlaygroundClient) -> None:
    """Never from a stale cache; `config.js` is made for this world."""
    page = world.http.get("/webapp/index.html")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-cache"
    config = world.http.get("/webapp/config.js")
    assert f'"api": "{world.base_url}/functions/telegram-webhook"' in config.text
    assert config.headers["cache-control"] == "no-cache"
    assert httpx2.get(f"{world.base_url}/webapp/nothing.js", trust_env=False).status_code == 404


def test_the_page_and_its_parts_are_there(world: PlaygroundClient) -> None:
    """`/` and every file that it names."""
    page = world.http.get("/")
    assert page.status_code == 200
    parts = ("chat", "sheets", "events", "mini-app", "api", "dom", "clock", "jobs", "widths", "entities", "main")
    for part in ("styles.css", *(f"{name}.js" for name in parts)):
        assert world.http.get(f"/page/{part}").status_code == 200, part
    assert world.http.get("/page/partners").json()[0]["code"]
