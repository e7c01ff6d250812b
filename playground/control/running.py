"""Health, restarts, kills, the reset, and Cloud Scheduler on demand."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from playground.functions.instance import FunctionStartError
from playground.world import World


async def health(request: Request) -> JSONResponse:
    """A killed function is not ill: its next request starts it."""
    world: World = request.app.state.world
    functions = {name: "up" if up else "cold" for name, up in world.supervisor.up().items()}
    return JSONResponse({"ok": world.serving, "functions": functions}, status_code=200 if world.serving else 503)


async def restart(request: Request) -> JSONResponse:
    world: World = request.app.state.world
    await world.supervisor.restart(_function(request))
    return JSONResponse({"ok": True})


async def kill(request: Request) -> JSONResponse:
    world: World = request.app.state.world
    await world.supervisor.kill(_function(request))
    return JSONResponse({"ok": True})


async def reset(request: Request) -> JSONResponse:
    world: World = request.app.state.world
    await world.reset()
    return JSONResponse({"ok": True})


async def run_job(request: Request) -> JSONResponse:
    """Answers `{"status": the function's status, "body": its answer}` when the job is over."""
    world: World = request.app.state.world
    name = request.path_params["name"]
    if name not in world.scheduler.names:
        raise HTTPException(404, f"no job {name!r}, there are {', '.join(world.scheduler.names)}")
    status, body = await world.scheduler.run(name)
    return JSONResponse({"status": status, "body": body})


async def not_started(_request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"error": str(error)}, status_code=500)


async def http_error(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    return JSONResponse({"error": error.detail}, status_code=error.status_code, headers=error.headers)


def _function(request: Request) -> str:
    world: World = request.app.state.world
    name: str = request.path_params["name"]
    if name not in world.supervisor.names:
        raise HTTPException(404, f"no function {name!r}, there are {', '.join(world.supervisor.names)}")
    return name


ERRORS = {FunctionStartError: not_started, HTTPException: http_error}
ROUTES: list[BaseRoute] = [
    Route("/healthz", health),
    Route("/control/functions/{name}/restart", restart, methods=["POST"]),
    Route("/control/functions/{name}/kill", kill, methods=["POST"]),
    Route("/control/reset", reset, methods=["POST"]),
    Route("/scheduler/jobs/{name}/run", run_job, methods=["POST"]),
]
