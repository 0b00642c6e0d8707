"""How the Bot API refuses."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """The method was not carried out. `parameters`: retry_after, migrate_to_chat_id (ResponseParameters)."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad(description: str) -> Refused:
    return Refused(400, f"Bad Request: {description}")
