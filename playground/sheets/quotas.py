"""Google's quota of the Sheets API: 60 reads and 60 writes a minute a user, 300 and 300 a project.

The window slides over the last 60 seconds of playground time, which is stricter than a window that starts every
minute. A call that is refused for quota is not counted; every other call is, whatever it ends in.
"""

from __future__ import annotations

from collections import deque

from playground.sheets.errors import ApiError

WINDOW_SECONDS = 60.0
PER_USER = 60
PER_PROJECT = 300
PROJECT_NUMBER = "413702854096"


class Quotas:
    def __init__(self) -> None:
        self._calls: dict[tuple[str, str], deque[float]] = {}

    def clear(self) -> None:
        self._calls.clear()

    def take(self, kind: str, user: str, now: float) -> None:
        """Count one call of `kind` (Read or Write); ApiError 429 when there is none left."""
        own, whole = self._recent((kind, user), now), self._recent((kind, ""), now)
        if len(own) >= PER_USER:
            raise exceeded(kind, per_user=True, window_start=own[0])
        if len(whole) >= PER_PROJECT:
            raise exceeded(kind, per_user=False, window_start=whole[0])
        own.append(now)
        whole.append(now)

    def _recent(self, key: tuple[str, str], now: float) -> deque[float]:
        calls = self._calls.setdefault(key, deque())
        while calls and (calls[0] <= now - WINDOW_SECONDS or calls[0] > now + WINDOW_SECONDS):
            calls.popleft()
        return calls


def exceeded(kind: str, *, per_user: bool, window_start: float) -> ApiError:
    """The 429 as Google sends it."""
    limit = f"{kind} requests per minute" + (" per user" if per_user else "")
    consumer = f"project_number:{PROJECT_NUMBER}"
    message = (
        f"Quota exceeded for quota metric '{kind} requests' and limit '{limit}' "
        f"of service 'sheets.googleapis.com' for consumer '{consumer}'."
    )
    metadata = {
        "window_start_time": str(int(window_start)),
        "quota_metric": f"sheets.googleapis.com/{kind.lower()}_requests",
        "quota_location": "global",
        "service": "sheets.googleapis.com",
        "quota_unit": "1/min/{project}/{user}" if per_user else "1/min/{project}",
        "quota_limit": f"{kind}RequestsPerMinutePer{'User' if per_user else 'Project'}",
        "consumer": f"projects/{PROJECT_NUMBER}",
        "quota_limit_value": str(PER_USER if per_user else PER_PROJECT),
    }
    help_link = {
        "description": "Request a higher quota limit.",
        "url": "https://cloud.google.com/docs/quotas/help/request_increase",
    }
    return ApiError(
        429,
        message,
        [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "RATE_LIMIT_EXCEEDED",
                "domain": "googleapis.com",
                "metadata": metadata,
            },
            {"@type": "type.googleapis.com/google.rpc.Help", "links": [help_link]},
        ],
    )
