"""The methods of the Bot API that the server knows: their parameters and what they do.

Parameters by https://core.telegram.org/bots/api (10.1); kinds are those of checks.KINDS, `!` marks required ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from .checks import keyboard
from .entities import parse
from .errors import Refused, bad
from .world import Json, World

Given = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Method:
    params: dict[str, str]
    carry_out: Callable[[World, Given], Any | Awaitable[Any]]


METHODS: dict[str, Method] = {}


def method(name: str, **params: str) -> Callable[[Callable[[World, Given], Any]], Callable[[World, Given], Any]]:
    def register(function: Callable[[World, Given], Any]) -> Callable[[World, Given], Any]:
        METHODS[name.lower()] = Method(params, function)  # method names are case-insensitive
        return function

    return register


@method("getMe")
def get_me(world: World, given: Given) -> Json:
    return world.me


@method("logOut")
@method("close")
@method("sendChatAction", chat_id="chat!", action="string!", message_thread_id="integer")
def do_nothing(world: World, given: Given) -> bool:
    if "chat_id" in given:
        world.chat(given["chat_id"])
    return True


# Messages


@method(
    "sendMessage",
    chat_id="chat!",
    text="string!",
    parse_mode="string",
    entities="array",
    message_thread_id="integer",
    link_preview_options="preview",
    disable_notification="boolean",
    protect_content="boolean",
    reply_parameters="reply",
    reply_markup="object",
)
def send_message(world: World, given: Given) -> Json:
    chat = world.chat(given["chat_id"])
    content = _text(given) | world.thread(chat, given.get("message_thread_id"))
    if reply := given.get("reply_parameters"):
        question = world.messages.get((reply.get("chat_id", chat["id"]), reply["message_id"]))
        if question is not None:
            content["reply_to_message"] = {k: v for k, v in question.items() if k != "reply_to_message"}
        elif not reply.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
    return world.add_message(chat, world.me, **content)


@method(
    "editMessageText",
    chat_id="chat",
    message_id="integer",
    inline_message_id="string",
    text="string!",
    parse_mode="string",
    entities="array",
    link_preview_options="preview",
    reply_markup="object",
)
def edit_message_text(world: World, given: Given) -> Json:
    return _edit(world, given, _text(given))


@method(
    "editMessageReplyMarkup",
    chat_id="chat",
    message_id="integer",
    inline_message_id="string",
    reply_markup="object",
)
def edit_message_reply_markup(world: World, given: Given) -> Json:
    message = _own(world, given)
    kept = {name: message[name] for name in ("text", "entities") if name in message}
    return _edit(world, given, kept | _markup(given))


@method("deleteMessage", chat_id="chat!", message_id="integer!")
def delete_message(world: World, given: Given) -> bool:
    chat = world.chat(given["chat_id"])
    if world.messages.pop((chat["id"], given["message_id"]), None) is None:
        raise bad("message to delete not found")
    return True


def _text(given: Given) -> Json:
    plain, entities = parse(given["text"], given.get("parse_mode", ""))
    entities = given.get("entities", entities)
    return {"text": plain, "entities": entities} | _markup(given)


def _markup(given: Given) -> Json:
    return {"reply_markup": keyboard(given["reply_markup"])} if "reply_markup" in given else {}


def _own(world: World, given: Given) -> Json:
    if "chat_id" not in given or "message_id" not in given:
        raise bad("message identifier is not specified")
    chat = world.chat(given["chat_id"])
    message = world.messages.get((chat["id"], given["message_id"]))
    if message is None:
        raise bad("message to edit not found")
    if message["from"]["id"] != world.me["id"]:
        raise bad("message can't be edited")
    return message


def _edit(world: World, given: Given, content: Json) -> Json:
    message = _own(world, given)
    parts = ("text", "entities", "reply_markup")
    if all(message.get(part) == content.get(part) for part in parts):
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly the same as a current"
            " content and reply markup of the message"
        )
    message.update({part: content[part] for part in parts if part in content}, edit_date=message["date"])
    if "reply_markup" not in content:
        message.pop("reply_markup", None)
    return message


@method(
    "answerCallbackQuery",
    callback_query_id="string!",
    text="string",
    show_alert="boolean",
    url="string",
    cache_time="integer",
)
def answer_callback_query(world: World, given: Given) -> bool:
    if len(given.get("text", "")) > 200:
        raise bad("MESSAGE_TOO_LONG")
    if given["callback_query_id"] not in world.queries:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    world.queries.discard(given["callback_query_id"])
    return True


# Chats


@method("getChat", chat_id="chat!")
def get_chat(world: World, given: Given) -> Json:
    return world.chat(given["chat_id"]) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": _GIFTS,
    }


_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


@method("getChatMember", chat_id="chat!", user_id="integer!")
def get_chat_member(world: World, given: Given) -> Json:
    chat = world.chat(given["chat_id"])
    status = world.members.get((chat["id"], given["user_id"]))
    if status is None:
        raise bad("member not found")
    return {"status": status, "user": {"id": given["user_id"], "is_bot": False, "first_name": "某人"}}


@method("leaveChat", chat_id="chat!")
def leave_chat(world: World, given: Given) -> bool:
    world.forbidden[world.chat(given["chat_id"])["id"]] = "bot is not a member of the group chat"
    return True


# Menus of commands


@method("setMyCommands", commands="array!", scope="object", language_code="string")
def set_my_commands(world: World, given: Given) -> bool:
    if len(given["commands"]) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in given["commands"]:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    world.menus[_scope(world, given)] = given["commands"]
    return True


@method("getMyCommands", scope="object", language_code="string")
def get_my_commands(world: World, given: Given) -> list[Json]:
    return world.menus.get(_scope(world, given), [])


@method("deleteMyCommands", scope="object", language_code="string")
def delete_my_commands(world: World, given: Given) -> bool:
    world.menus.pop(_scope(world, given), None)
    return True


SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


def _scope(world: World, given: Given) -> tuple[str, str]:
    scope = dict(given.get("scope", {"type": "default"}))
    kind = scope.get("type")
    if kind not in SCOPES or scope.keys() != {"type", *SCOPES[kind]}:
        raise bad("can't parse BotCommandScope")
    if "chat_id" in scope:
        scope["chat_id"] = world.chat(scope["chat_id"])["id"]
    return json.dumps(scope, sort_keys=True), given.get("language_code", "")


# Updates


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
