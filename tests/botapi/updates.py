"""Methods by which a bot receives updates."""

from __future__ import annotations

import re

from .errors import Refused, bad
from .methods import Given, method
from .world import Json, World


@method("getUpdates", offset="integer", limit="integer", timeout="integer", allowed_updates="strings")
async def get_updates(world: World, given: Given) -> list[Json]:
    """Updates from `offset` on; all before it are confirmed and forgotten. Waits up to `timeout` seconds for one."""
    if world.webhook["url"]:
        raise Refused(
            409,
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook"
            " first",
        )
    offset = given.get("offset", 0)
    if offset < 0:
        world.waiting = world.waiting[offset:]
    else:
        world.waiting = [update for update in world.waiting if update["update_id"] >= offset]
    kinds = set(given.get("allowed_updates", ())) or None
    world.poll += 1
    mine = world.poll
    world.changed()

    def deliverable() -> list[Json]:
        return [update for update in world.waiting if kinds is None or kinds & update.keys()]

    await world.until(lambda: bool(deliverable()) or world.poll != mine, given.get("timeout", 0))
    if world.poll != mine:
        raise Refused(
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        )
    return deliverable()[: given.get("limit", 100)]


@method(
    "setWebhook",
    url="string!",
    certificate="string",
    ip_address="string",
    max_connections="integer",
    allowed_updates="strings",
    drop_pending_updates="boolean",
    secret_token="string",
)
def set_webhook(world: World, given: Given) -> bool:
    if given["url"] and not given["url"].startswith(("https://", "http://127.0.0.1")):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", given.get("secret_token", "")):
        raise bad("secret token contains unallowed characters")
    _drop(world, given)
    world.webhook = {name: given[name] for name in ("url", "secret_token", "allowed_updates") if name in given}
    return True


@method("deleteWebhook", drop_pending_updates="boolean")
def delete_webhook(world: World, given: Given) -> bool:
    _drop(world, given)
    world.webhook = {"url": ""}
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, given: Given) -> Json:
    return {
        "url": world.webhook["url"],
        "has_custom_certificate": False,
        "pending_update_count": len(world.waiting),
    }


def _drop(world: World, given: Given) -> None:
    if given.get("drop_pending_updates"):
        world.waiting.clear()
