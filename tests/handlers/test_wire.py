"""How many answers are on their way at once."""

from __future__ import annotations

import asyncio
import json

from handlers.sending.handling import Handling
from handlers.sending.wire import FAR, SIDE_BY_SIDE, SURE, Gate, Wire


async def through(gate: Gate, count: int) -> int:
    """How many of `count` answers the gate lets through before any of them is done."""
    handlings = [Handling(number) for number in range(count)]
    waiting = [asyncio.ensure_future(gate.enter(handling)) for handling in handlings]
    for _ in range(3 * count):
        await asyncio.sleep(0)
    inside = sum(handling.on_wire for handling in handlings)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    return inside


def after(*receipts: tuple[float, float]) -> Gate:
    gate = Gate()
    for seconds, busy in receipts:
        gate.took(seconds, busy)
    return gate


async def test_one_at_a_time_until_it_is_sure_that_telegram_is_far() -> None:
    assert await through(Gate(), 4) == 1
    assert await through(after(*[(2 * FAR, 0.0)] * (SURE - 1)), 4) == 1
    assert await through(after(*[(2 * FAR, 0.0)] * SURE), SIDE_BY_SIDE + 4) == SIDE_BY_SIDE


async def test_a_quick_receipt_says_that_telegram_is_near() -> None:
    far = [(2 * FAR, 0.0)]
    assert not after(*far * SURE, (FAR / 2, 0.0)).far
    assert not after(*far * (SURE - 1), (FAR / 2, 0.0), *far).far


async def test_a_receipt_that_waited_for_this_machine_says_nothing() -> None:
    far = [(2 * FAR, 0.0)]
    assert not after(*[(2 * FAR, 1.5 * FAR)] * SURE).far
    assert after(*far * SURE, (2 * FAR, 1.5 * FAR)).far


async def test_who_is_done_lets_the_next_one_in() -> None:
    gate, first, second = Gate(), Handling(1), Handling(2)
    await gate.enter(first)
    await gate.enter(first)  # its second message
    next_one = asyncio.ensure_future(gate.enter(second))
    await asyncio.sleep(0)
    assert not second.on_wire
    gate.leave(first)
    await next_one
    assert second.on_wire


def test_a_receipt_says_which_message_it_is_and_repeats_nothing_of_it() -> None:
    told = {"message_id": 5, "date": 1700000000, "chat": {"id": 7, "type": "private"}}
    receipt = told | {"text": "3.2万张", "reply_markup": {"inline_keyboard": []}}
    assert Wire.parse_json_payload(json.dumps({"ok": True, "result": receipt}).encode())["result"] == told


def test_what_is_no_receipt_is_read_whole() -> None:
    for answer in ({"id": 7, "text": "简介"}, True, [{"message_id": 5, "text": "一"}]):
        assert Wire.parse_json_payload(json.dumps({"ok": True, "result": answer}).encode())["result"] == answer
