"""A desk over two years of the made-up city, and the chats that people talk in."""

from __future__ import annotations

import pytest

from bot.replies.desk import Chat, Desk
from tests.replies.city import City, report


@pytest.fixture
def desk() -> Desk:
    city = City((report(2024), report(2023, beds="1.2万张", people="6500人")))
    return Desk(lambda: city)


@pytest.fixture
def chat() -> Chat:
    return Chat(id=1, username="YunzeBot")


@pytest.fixture
def group() -> Chat:
    return Chat(id=-5, private=False, username="YunzeBot")
