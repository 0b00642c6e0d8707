"""Methods that write, change and delete messages, and answer presses."""

from __future__ import annotations

from .checks import keyboard
from .entities import parse
from .errors import bad
from .methods import Given, method
from .world import Json, World

LONGEST_CAPTION = 1024  # UTF-16 code units


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
    return sent(world, given, _text(given))


@method(
    "sendPhoto",
    chat_id="chat!",
    photo="string!",
    caption="string",
    parse_mode="string",
    caption_entities="array",
    message_thread_id="integer",
    disable_notification="boolean",
    protect_content="boolean",
    reply_parameters="reply",
    reply_markup="object",
)
def send_photo(world: World, given: Given) -> Json:
    picture = world.files.get(given["photo"])
    if picture is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if not picture.startswith(b"\x89PNG\r\n\x1a\n"):
        raise bad("IMAGE_PROCESS_FAILED")
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    caption, entities = parse(given["caption"], given.get("parse_mode", "")) if given.get("caption") else ("", [])
    if len(caption.encode("utf-16-le")) > 2 * LONGEST_CAPTION:
        raise bad("message caption is too long")
    unique = {"file_id": given["photo"], "file_unique_id": f"u-{given['photo']}"}
    size = {**unique, "width": width, "height": height, "file_size": len(picture)}
    content = {"photo": [size]} | ({"caption": caption, "caption_entities": entities} if caption else {})
    return sent(world, given, content | _markup(given))


@method(
    "sendDocument",
    chat_id="chat!",
    document="string!",
    thumbnail="string",
    caption="string",
    parse_mode="string",
    caption_entities="array",
    disable_content_type_detection="boolean",
    message_thread_id="integer",
    disable_notification="boolean",
    protect_content="boolean",
    reply_parameters="reply",
    reply_markup="object",
)
def send_document(world: World, given: Given) -> Json:
    data = world.files.get(given["document"])
    if data is None:
        raise bad("wrong file identifier/HTTP URL specified")
    if not data:
        raise bad("file must be non-empty")
    caption, entities = parse(given["caption"], given.get("parse_mode", "")) if given.get("caption") else ("", [])
    if len(caption.encode("utf-16-le")) > 2 * LONGEST_CAPTION:
        raise bad("message caption is too long")
    file = {"file_id": given["document"], "file_unique_id": f"u-{given['document']}", "file_size": len(data)}
    content = {"document": file} | ({"caption": caption, "caption_entities": entities} if caption else {})
    return sent(world, given, content | _markup(given))


def sent(world: World, given: Given, content: Json) -> Json:
    """A message of the bot, in its topic and as a reply, or Telegram's refusal."""
    chat = world.chat(given["chat_id"])
    content |= world.thread(chat, given.get("message_thread_id"))
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
    if "text" in content and "text" not in message:
        raise bad("there is no text in the message to edit")
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
