from __future__ import annotations

import json

from bot.announcements.content import pages_of, to_json
from bot.replies.model import Card, Picture, Reply, Run


def test_a_picture_waits_in_the_outbox_with_its_caption() -> None:
    picture = Picture(Card.GRID, (("0a1b2c3d4e5f60", 2), ("0a1b2c3d4e5f60", 3)), "白鹭县", "dark")
    pages = (Reply((Run("数字", own=True),), picture=picture), Reply((Run("文字", own=True),)))
    assert pages_of(json.loads(json.dumps(to_json(pages)))) == pages
