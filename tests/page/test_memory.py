"""The playground's file: what it holds, its bounds, and what becomes of one that can't be read."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import msgspec
import pytest
from structlog.testing import capture_logs

from playground.connector import TeamsMemory, TeamsStandIn
from playground.crowd import CrowdMemory
from playground.crowd_duties import DutiesMemory
from playground.keeping import MESSAGE_BYTES, RESERVED_SECONDS, Ids, newest
from playground.memory import ASIDE, NAME, VERSION, Keeper, MemoryFile, PlaygroundMemory
from playground.slack_api import SlackMemory, SlackStandIn
from playground.slack_book import KEPT, URLS, SlackBookMemory, SlackReach, direct
from playground.slack_files import StoredFile
from playground.stage import PEOPLE, Message
from playground.teams_activities import CHANNEL, personal_chat
from playground.teams_book import HISTORY, TeamsBookMemory
from playground.teams_files import KeptFile

ASHA = PEOPLE[0]
YEAR_2030 = 1_900_000_000


def slack() -> SlackStandIn:
    return SlackStandIn("http://127.0.0.1:1", signing_secret="s", token="t")


def teams() -> TeamsStandIn:
    return TeamsStandIn("http://127.0.0.1:1")


def memory(of_slack: SlackStandIn, of_teams: TeamsStandIn, ahead: float = 0.0) -> PlaygroundMemory:
    return PlaygroundMemory(
        VERSION, ahead, of_slack.kept(), of_teams.kept(), CrowdMemory([]), DutiesMemory([], {})
    )


def say(stand_in: SlackStandIn, channel: str, text: str, at: float = YEAR_2030) -> Message:
    """Let the bot have said ``text`` in ``channel``."""
    key = f"{channel}:{stand_in.book.ts()}"
    return stand_in.book.add(
        channel,
        Message(id=key, place="slack-direct", author="bot", text=text, payload={"text": text}, at=at),
    )


def read_again(kept: PlaygroundMemory, folder: Path) -> PlaygroundMemory:
    """What another start reads of ``kept``."""
    file = MemoryFile(folder)
    file.write(msgspec.msgpack.encode(kept))
    found = file.read()
    assert found is not None
    return found


def test_all_conversations_are_as_they_were(tmp_path: Path) -> None:
    before, chats = slack(), teams()
    say(before, direct(ASHA), "in Slack")
    shown: dict[str, Any] = {"text": "in Teams", "attachments": [{"content": {"body": [1, None, 2.5]}}]}
    chats.book.add(personal_chat(ASHA), "bot", "in Teams", shown, chats.book.next_id())
    root = chats.book.add(CHANNEL, "asha", "root", {}, chats.book.next_id())
    chats.book.add(f"{CHANNEL};messageid={root.id}", "bot", "reply", {}, chats.book.next_id())
    url = before.book.response_url("", SlackReach(direct(ASHA), ASHA)).rpartition("/")[2]

    found = read_again(memory(before, chats, ahead=86_400.5), tmp_path)
    after, later = slack(), teams()
    after.restore(found.slack)
    later.restore(found.teams)
    assert found.ahead == 86_400.5
    for place in ("slack-direct", "slack-channel"):
        assert after.messages(place, "asha") == before.messages(place, "asha")
        assert after.messages(place, "bryn") == before.messages(place, "bryn")
    for place in ("teams-personal", "teams-channel", "teams-group"):
        assert later.messages(place, "asha") == chats.messages(place, "asha")
    assert later.messages("teams-channel", "asha")[1].thread == root.id
    assert after.book.urls[url].person == ASHA


def test_files_homes_and_what_colleagues_did_are_as_they_were(tmp_path: Path) -> None:
    before, chats = slack(), teams()
    before.restore(
        SlackMemory(
            SlackBookMemory(7, [], {"asha": {"id": "V1", "blocks": [{"type": "divider"}]}}, {}, {}),
            {"F1": StoredFile(3, "ticket", "a.png", "A picture", b"\x89PN", complete=True)},
        )
    )
    chats.restore(TeamsMemory(TeamsBookMemory(7, []), ["asha"], {"k": KeptFile("a.csv", "ticket", b"a;b")}))
    kept = memory(before, chats)
    kept.crowd = CrowdMemory([(["quiz answer A", "quiz answer B"], ["dev"])])
    kept.duties = DutiesMemory([("dev", "slack-direct", ["D0DEV:1.1"])], {"series": ["2027-02-02"]})
    assert read_again(kept, tmp_path) == kept
    assert kept.slack.files["F1"].content == b"\x89PN"
    assert kept.slack.book.homes["asha"]["id"] == "V1"
    assert (kept.teams.installed, kept.teams.files["k"].content) == (["asha"], b"a;b")


def test_no_id_comes_again_though_the_last_moment_was_lost_and_the_clock_set_back() -> None:
    now = YEAR_2030 * 10**9
    before = Ids(1_000, lambda: now)
    kept = before.next()
    lost = [before.next() for _ in range(1_000 * RESERVED_SECONDS)]
    after = Ids(1_000, lambda: now - 3_600 * 10**9)
    after.restore(kept)
    assert after.next() > lost[-1]


def test_ids_rise_with_the_worlds_time_where_nothing_was_kept() -> None:
    assert [Ids(1_000_000, lambda at=at: at).next() for at in (5_000, 7_000)] == [5, 7]  # type: ignore[misc]
    assert slack().book.ts() < slack().book.ts()
    assert len({slack().book.number(), slack().book.number()}) == 2


def test_the_newest_that_fit_are_kept() -> None:
    assert newest(["aaaa", "bb", "c"], len, 3) == ["bb", "c"]
    assert newest(["aaaa", "bb", "c"], len, 2) == ["c"]
    assert newest(["aaaa"], len, 3) == []


def test_the_oldest_messages_go_where_there_are_too_many_bytes(tmp_path: Path) -> None:
    before = slack()
    big = MESSAGE_BYTES // 10
    for number, channel in enumerate([direct(ASHA), direct(PEOPLE[1])] * 10):
        say(before, channel, f"{number} ".ljust(big // 2, "."), at=YEAR_2030 + number)
    found = read_again(memory(before, teams()), tmp_path)
    numbers = [int(message.text.partition(" ")[0]) for message in found.slack.book.messages]
    assert numbers == list(range(11, 20))
    assert (tmp_path / NAME).stat().st_size < MESSAGE_BYTES * 1.1


def test_a_place_and_the_addresses_of_presses_are_bounded() -> None:
    before, chats = slack(), teams()
    for number in range(KEPT + 5):
        say(before, direct(ASHA), str(number))
        chats.book.add(CHANNEL, "bot", str(number), {}, chats.book.next_id())
    for _ in range(URLS + 5):
        before.book.response_url("", SlackReach(direct(ASHA), ASHA))
    kept = memory(before, chats)
    assert len(kept.slack.book.messages) == KEPT
    assert len(kept.teams.book.messages) == HISTORY
    assert len(kept.slack.book.urls) == URLS


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"\xc1 not msgpack",
        msgspec.msgpack.encode({"version": VERSION}),
        msgspec.msgpack.encode({"version": VERSION - 1, "slack": {}}),
        msgspec.msgpack.encode({"version": VERSION + 1}),
        msgspec.msgpack.encode(memory(slack(), teams()))[:-1],
    ],
    ids=["empty", "other bytes", "incomplete", "older", "newer", "cut off"],
)
def test_a_file_that_cant_be_read_is_set_aside_and_said(packed: bytes, tmp_path: Path) -> None:
    file = MemoryFile(tmp_path)
    file.path.write_bytes(packed)
    with capture_logs() as lines:
        assert file.read() is None
    assert [line["log_level"] for line in lines] == ["warning"]
    assert lines[0]["set_aside"] == str(tmp_path / ASIDE)
    assert (tmp_path / ASIDE).read_bytes() == packed
    assert file.read() is None
    file.write(msgspec.msgpack.encode(memory(slack(), teams())))
    assert file.read() is not None


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    file = MemoryFile(tmp_path / "new" / "folder")
    file.write(b"first")
    assert file.path.stat().st_mode & 0o077 == 0
    with pytest.raises(TypeError):
        file.write("no bytes")  # type: ignore[arg-type]
    assert file.path.read_bytes() == b"first"
    assert list(file.path.parent.iterdir()) == [file.path]


async def test_only_what_has_changed_is_written_and_stopping_writes_it(tmp_path: Path) -> None:
    of_slack, of_teams = slack(), teams()
    keeper = Keeper(MemoryFile(tmp_path), lambda: memory(of_slack, of_teams))
    await keeper.stop()
    assert not keeper.file.path.exists()
    say(of_slack, direct(ASHA), "hello")
    keeper.changed()
    await keeper.stop()
    found = keeper.file.read()
    assert found is not None
    assert [message.text for message in found.slack.book.messages] == ["hello"]


async def test_a_change_is_written_soon_without_stopping(tmp_path: Path) -> None:
    of_slack, of_teams, written = slack(), teams(), asyncio.Event()

    class Watched(MemoryFile):
        def write(self, packed: bytes) -> None:
            super().write(packed)
            loop.call_soon_threadsafe(written.set)

    loop = asyncio.get_running_loop()
    keeper = Keeper(Watched(tmp_path), lambda: memory(of_slack, of_teams))
    keeper.changed()
    async with asyncio.timeout(30):
        await written.wait()
    await keeper.stop()
    assert keeper.file.read() is not None


async def test_a_folder_that_cant_be_written_is_said_and_nothing_ends(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    keeper = Keeper(MemoryFile(tmp_path / "taken"), lambda: memory(slack(), teams()))
    with capture_logs() as lines:
        keeper.changed()
        await keeper.stop()
    assert [line["event"] for line in lines] == ["the playground's memory can't be written"]


def test_clearing_forgets_all_but_the_ids() -> None:
    of_slack, of_teams = slack(), teams()
    say(of_slack, direct(ASHA), "hello")
    of_teams.book.add(CHANNEL, "bot", "hello", {}, last := of_teams.book.next_id())
    of_slack.clear()
    of_teams.clear()
    assert of_slack.messages("slack-direct", "asha") == of_teams.messages("teams-channel", "asha") == []
    assert of_teams.book.next_id() > last
    assert memory(of_slack, of_teams).slack.book.last > 0
