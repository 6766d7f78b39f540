"""The record of what results have told: people in it are keyed hashes."""

from __future__ import annotations

from bot.storage.connection import Connection
from bot.storage.disclosures import DisclosureStore
from dialogs.results.disclosures import Disclosing, made_of
from tests.conftest import emptied
from tests.harness.small import NOW


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


async def test_topics_that_are_tied_are_loaded_together(redis_url: str) -> None:
    """Whoever asks about one statement hears of the score that is made of it, and of all else in it."""
    async with emptied(redis_url) as url:
        connection = Connection(url)
        store = DisclosureStore(connection, {"disclosed": 100})
        check = Disclosing((loaded := await store.load(["score", "first", "second"])).told, "check", NOW)
        assert check.allows(
            {"score": [made_of([("first", 6, [b"A", b"B", b"C"]), ("second", 6, [b"A", b"B", b"C"])])]}
        )
        for command in store.write(loaded, check.record()).commands:
            await connection.call(*command)
        pulse = await store.load(["first"])
        assert pulse.told.keys() == pulse.versions.keys() == {"first", "second", "score"}
        assert pulse.told["score"] == check.record()["score"]
        await connection.close()
