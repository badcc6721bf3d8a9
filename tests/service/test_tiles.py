"""A tile that many ask for at once is made once, whoever of them goes away."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from visavis.service.tiles import Once

T = TypeVar("T")


def _run(asked: Coroutine[Any, Any, T]) -> T:
    """Run it in a thread of its own: a browser that another test opened may have left a loop running in this one."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(asyncio.run, asked).result()


def test_what_is_being_made_is_waited_for_and_not_made_again() -> None:
    made = []

    async def make() -> bytes:
        made.append(1)
        await asyncio.sleep(0)
        return b"tile"

    async def ask() -> list[bytes]:
        once = Once()
        return await asyncio.gather(*(once.of(("views", 1), make) for _ in range(8)))

    assert _run(ask()) == [b"tile"] * 8
    assert len(made) == 1


def test_who_waits_makes_it_where_the_maker_went_away() -> None:
    async def never() -> bytes:
        await asyncio.Event().wait()
        raise AssertionError

    async def make() -> bytes:
        return b"tile"

    async def ask() -> bytes:
        once = Once()
        first = asyncio.ensure_future(once.of(("views", 1), never))
        await asyncio.sleep(0)
        second = asyncio.ensure_future(once.of(("views", 1), make))
        await asyncio.sleep(0)
        first.cancel()
        return await second

    assert _run(ask()) == b"tile"


def test_a_fault_is_everybodys_and_is_forgotten() -> None:
    async def fail() -> bytes:
        await asyncio.sleep(0)
        raise LookupError("gone")

    async def make() -> bytes:
        return b"tile"

    async def ask() -> bytes:
        once = Once()
        both = await asyncio.gather(*(once.of(("views", 1), fail) for _ in range(2)), return_exceptions=True)
        assert [type(each) for each in both] == [LookupError, LookupError]
        return await once.of(("views", 1), make)

    assert _run(ask()) == b"tile"
