"""What people do to a live session that they name, by a button or by its code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec.structs import replace

from bot.app.handlers.act_outcome import ActOutcome, EarlyAnswer, given_back, opened
from bot.app.handlers.check_acts import WHY_NOT, CheckActs, session_state
from bot.app.handlers.sessions import SessionHandler
from bot.app.transaction import Busy, press_key
from bot.delivery.live_cards import CardUpdater
from bot.observability.metrics import Metrics
from bot.platforms.ports import InboundEvent, Result
from bot.storage.migrations import where_readable
from bot.storage.sessions import SessionStore
from dialogs.core.commands import SessionAct, encode
from dialogs.core.commands.row import Row
from dialogs.core.replies import Choice, Choices, Reply, Text
from dialogs.core.router import row_of
from dialogs.core.session_model import Actor, Forgotten, LiveSession, Steer, TakeOver
from dialogs.quiz.cards import letter, named
from dialogs.sessions.cards import progress, right_answers
from dialogs.sessions.gate import names_of, question_of
from dialogs.sessions.quiz import at_own_pace, right_letters
from dialogs.sessions.starting import MOST_QUESTIONS
from dialogs.wording import screen as screen_words
from dialogs.wording import sessions as words
from dialogs.wording.conversation import listed
from knowledge import Knowledge, shuffled


class SessionActHandler:
    """Carries out acts. May raise MemoryAway, or Busy."""

    def __init__(
        self,
        store: SessionStore,
        sessions: SessionHandler,
        card_updater: CardUpdater,
        knowledge: Callable[[], Knowledge],
        metrics: Metrics,
        names_of: Callable[[str], Sequence[str]],
        screen: Callable[[str], str] | None = None,
    ) -> None:
        """``names_of``: all ids under which something of a person may be kept, the present one first;
        ``screen``: the address of a session's page for a big screen, where there are such pages."""
        self._screen = screen
        self._store, self._sessions, self._card_updater = store, sessions, card_updater
        self._knowledge, self._metrics, self._names_of = knowledge, metrics, names_of
        self._checks = CheckActs(store, sessions, card_updater, knowledge, metrics)

    async def run(self, inbound: InboundEvent, act: SessionAct, by: Actor) -> ActOutcome:
        """Do ``act``, which names its session by id."""
        try:
            outcome = await self._run(inbound, act, by)
        except EarlyAnswer as answer:
            outcome = opened(answer.note)
        except Busy:
            return ActOutcome(Result("busy"))
        if act.act == "setup":
            outcome = given_back(inbound, outcome)
        if act.act in ("part", "page", "mine", "leave", "back"):
            outcome = outcome._replace(result=replace(outcome.result, nameless=True))
        return outcome

    async def _run(self, inbound: InboundEvent, act: SessionAct, by: Actor) -> ActOutcome:
        row = row_of(act)
        if row.who != "everybody":
            state = await self._state(act.session)
            if not row.permits(advisor=by.advisor, host=state.host.id == by.id):
                raise EarlyAnswer(_refusal(row, state))
        match act.act:
            case "answer":
                return ActOutcome(await self._vote(act, by))
            case "close" | "next" | "end":
                event = Steer(act.act, by, act.number)
                key = press_key(inbound, act.act, act.number)
                return opened(await self._sessions.run(act.session, event, key))
            case "take over":
                key = press_key(inbound, act.act, act.number)
                return opened(await self._sessions.run(act.session, TakeOver(by), key))
            case "show":
                return await self._show(inbound, act)
            case "progress":
                return await self._progress(act)
            case "mine":
                return opened(await self._mine(act.session, by))
            case "right":
                return await self._right(act.session)
            case "screen":
                return await self._big_screen(act)
            case "leave" | "back":
                key = press_key(inbound, act.act, act.number)
                return opened(await self._leave(act.session, by, key, back=act.act == "back"))
            case "part":
                return await self._checks.part(inbound, act, by)
            case "page":
                return await self._checks.page(inbound, act, by)
            case "setup":
                return await self._checks.set_up(inbound, act, by)
            case "export":
                return await self._checks.export(act)

    async def _show(self, inbound: InboundEvent, act: SessionAct) -> ActOutcome:
        """The card is posted once more where it is asked for; what stood above says that it goes on below."""
        state = await self._state(act.session)
        if state.step == "ended":
            raise EarlyAnswer(words.OVER_NOTE)
        here = next(
            (place for place in state.references if place.key == f"{inbound.tenant}/{inbound.channel}"), None
        )
        if here is None:
            raise EarlyAnswer(words.NOT_SHOWN_HERE.format(code=state.code))
        stood = await self._store.show_anew(act.session, here)
        self._card_updater.touched(act.session, now=True)
        moved = Reply((Text(words.MOVED_BELOW[state.kind]),), instead=True)
        return ActOutcome(Result("done"), moved, done=True, cards=(stood,) if stood else ())

    async def _progress(self, act: SessionAct) -> ActOutcome:
        """How far it has come, with the way to bring its card down to where people are talking."""
        loaded = await self._store.load(act.session)
        if loaded.state is None:
            raise EarlyAnswer(words.GONE)
        if loaded.state.step == "ended":
            raise EarlyAnswer(words.OVER_NOTE)
        show = Choice(words.SHOW_HERE, encode(SessionAct("show", act.session, kind=loaded.state.kind)))
        said = Text(progress(loaded.state, loaded.tally))
        return opened(reply=Reply((said, Choices((show,)))))

    async def _right(self, id: str) -> ActOutcome:
        """What was right in a quiz that is over, for whoever asks alone."""
        state = await self._state(id)
        if state.step != "ended" or state.quiz is None:
            raise EarlyAnswer(words.NOT_OVER)
        return opened(reply=Reply(right_answers(state, self._knowledge()).blocks, private=True))

    async def _big_screen(self, act: SessionAct) -> ActOutcome:
        """The link to its page, for whoever asks alone."""
        if self._screen is None:
            raise EarlyAnswer(screen_words.NOT_HERE)
        await self._state(act.session)
        link = screen_words.LINK.format(url=self._screen(act.session))
        return opened(reply=Reply((Text(link),), private=True))

    async def _leave(self, id: str, by: Actor, idempotency_key: str, *, back: bool) -> str:
        """Erase what ``by`` answered, or let them come back; a sentence for them."""
        state = await self._state(id)
        over = state.nameless and state.step == "ended"  # then there is nobody's but who took part
        how: Literal["leave", "back", "forget"] = "back" if back else "forget" if over else "leave"
        await self._store.leave(id, by.id, state.number, how, () if back else self._names_of(by.id)[1:])
        if not back:
            await self._sessions.erased()
        if state.scoreboard is not None and not back:
            await self._sessions.run(id, Forgotten(by.id, left=True), idempotency_key)
        self._card_updater.touched(id)
        return (words.CAME_BACK if back else words.LEFT).format(code=state.code)

    async def forget(self, tenant: str, person: str, idempotency_key: str) -> None:
        """Erase all that the sessions shown in channels of ``tenant`` hold of somebody."""
        for id in await self._store.took_part(tenant, person):
            loaded = await where_readable(self._store.load(id))
            state = loaded.state if loaded else None
            questions = len(state.quiz.questions) if state and state.quiz else MOST_QUESTIONS
            await self._store.leave(id, person, questions, "forget")
            if loaded is not None:  # else the state was gone through as it stands
                await self._sessions.run(id, Forgotten(person), f"{idempotency_key} {id}")

    async def _vote(self, act: SessionAct, by: Actor) -> Result:
        letter = act.rest[:1]
        if not ("a" <= letter <= "e") or len(act.rest) != 1:
            return Result("done", words.NO_CHOICE)
        if not act.number:  # typed with the code alone: the question that is open
            state = await self._state(act.session)
            if at_own_pace(state) and state.number > 1:
                return Result("done", words.WHICH_QUESTION.format(code=state.code))
            act = replace(act, number=state.number)
        voted, counts, nameless = await self._store.vote(act.session, act.number, letter, by.id, by.name)
        self._metrics.votes.labels(voted).inc()
        match voted:
            case "ok":
                self._card_updater.touched(act.session)
                said = words.VOTED.format(answer=counts)
            case "twice":
                said = words.VOTED_TWICE.format(answer=counts)
            case "left":
                said = words.LEFT_NOTE.format(code=(await self._state(act.session)).code)
            case _:
                said = WHY_NOT[voted]
        return Result("done", said, nameless=nameless)

    async def _mine(self, id: str, by: Actor) -> str:
        state = await self._state(id)
        if state.nameless and state.step == "ended":
            return words.MINE_NAMELESS
        letters = await self._store.answers.sheet(id, by.id, range(1, state.number + 1))
        if not letters:
            return words.MINE_NONE
        lines = []
        for number, chosen in letters.items():
            right = right_letters(state, number, self._knowledge())
            if state.step == "open" and (at_own_pace(state) or number == state.number):
                verdict = words.MINE_WAITING
            elif chosen == right:
                verdict = words.MINE_RIGHT
            else:
                verdict = words.MINE_WRONG.format(right=self._in_words(state, number, right))
            answer = self._called(state, number, chosen)
            lines.append(words.MINE_LINE.format(number=number, answer=answer, verdict=verdict))
        return f"{words.MINE_TITLE}: {'; '.join(lines)}."

    def _called(self, state: LiveSession, number: int, letter: str) -> str:
        """What an option of a question is called; its letter, where the question is no longer in the bank."""
        question = question_of(state, self._knowledge(), number)
        at = ord(letter) - ord("a") if letter else -1
        names = names_of(state, question) if question else ()
        return names[at] if 0 <= at < len(names) else letter.upper()

    def _in_words(self, state: LiveSession, number: int, letters: str) -> str:
        """The options that are right, as they stood on the card: it may show them no more."""
        question = question_of(state, self._knowledge(), number)
        if question is None:
            return letters.upper()
        options = enumerate(shuffled(question, state.id))
        return listed(
            [f"“{named(question, at, each.text)}”" for at, each in options if letter(at) in letters]
        )

    async def _state(self, id: str) -> LiveSession:
        return await session_state(self._store, id)


def _refusal(row: Row, state: LiveSession) -> str:
    """Why somebody may not do what ``row`` says, and who can."""
    if state.host.id:
        return row.refusal.format(host=state.host.name or words.SOMEONE)
    return words.NOBODYS if state.step == "ended" else words.NO_HOST
