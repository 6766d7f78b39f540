"""The record of what results have told: people in it are keyed hashes."""

from __future__ import annotations

from bot.storage.connection import Connection
from bot.storage.disclosures import DisclosureStore
from tests.conftest import emptied


async def test_a_person_has_one_hash_whatever_workspace_names_them(redis_url: str) -> None:
    async with emptied(redis_url) as url:
        connection = Connection(url)
        store = DisclosureStore(connection, {"disclosed": 100})
        names = ("slack:T1/U0ASHA", "slack:E1/U0ASHA", "slack:T1/U0BRYN", "teams:T1/U0ASHA")
        asha, moved, bryn, other = (await store.members(names)).values()
        assert asha == moved
        assert len({asha, bryn, other}) == 3
        assert await DisclosureStore(connection, {"disclosed": 100}).members(names[:1]) == {names[0]: asha}
        await connection.close()
