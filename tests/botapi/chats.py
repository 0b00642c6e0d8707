"""Methods about the bot, its chats and its menus of commands."""

from __future__ import annotations

import json
import re

from .errors import bad
from .methods import Given, method
from .world import Json, World


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
    user = {"id": given["user_id"], "is_bot": False, "first_name": "某人"}
    return {"status": status, "user": user} | _RIGHTS.get(status, {})


# What Telegram tells of a member beside the status.
_RIGHTS: dict[str, Json] = {
    "creator": {"is_anonymous": False},
    "kicked": {"until_date": 0},
    "administrator": dict.fromkeys(
        (
            *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
            *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users"),
            *("can_post_stories", "can_edit_stories", "can_delete_stories"),
        ),
        False,
    ),
}


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
