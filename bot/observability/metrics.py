"""What is counted and timed, for Prometheus."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from bot import __version__
from knowledge import Knowledge, Match, Matcher

if TYPE_CHECKING:
    from knowledge.matching.vectors import Array

_SECONDS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)

_LATE = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 300.0, 1800.0, 7200.0)


class Metrics:
    """The metrics of one process; each instance has its own registry."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()

        def counter(name: str, text: str, *labels: str) -> Counter:
            return Counter(name, text, labels, registry=registry)

        def gauge(name: str, text: str) -> Gauge:
            return Gauge(name, text, registry=registry)

        def histogram(name: str, text: str, *labels: str) -> Histogram:
            return Histogram(name, text, labels, registry=registry, buckets=_SECONDS)

        build = Gauge("sharewise_build_info", "The running version", ["version"], registry=registry)
        build.labels(__version__).set(1)
        self.turns = counter(
            "sharewise_turns", "Turns by platform and band of the answer", "platform", "band"
        )
        self.outcomes = counter("sharewise_outcomes", "Arrivals by outcome", "platform", "outcome")
        self.conflicts = counter("sharewise_conflicts", "Commits that had to be decided again")
        self.forgetful = counter("sharewise_forgetful_turns", "Turns answered while memory was away")
        self.sends = counter(
            "sharewise_sends", "Messages sent, by what became of them", "platform", "outcome"
        )
        self.retries = counter("sharewise_retries", "Sends tried again, by reason", "platform", "reason")
        self.redraws = counter(
            "sharewise_redraws", "Live cards drawn, by what became of them", "platform", "outcome"
        )
        self.votes = counter("sharewise_votes", "Answers to live sessions, by what became of them", "outcome")
        self.cut_off = counter(
            "sharewise_sends_cut_off", "Sends under way when their process stopped, which may arrive twice"
        )
        self.swept = counter(
            "sharewise_queues_swept",
            "Queues taken over: the first message of each may have been sent before",
        )
        self.queues_lost = counter("sharewise_queues_lost", "Queues that another process took over")
        self.lateness = Histogram(
            "sharewise_lateness_seconds",
            "Reminders: from when they were due until they were sent",
            registry=registry,
            buckets=_LATE,
        )
        self.twice = counter("sharewise_sent_twice", "Reminders sent that may have been sent before")
        self.failed_jobs = counter(
            "sharewise_failed_jobs", "Jobs that failed every time, kept to be run again", "what"
        )
        self.mended_jobs = counter(
            "sharewise_mended_jobs", "Jobs that should have been waiting and were not, set up again", "what"
        )
        self.unreadable = counter(
            "sharewise_unreadable", "Reads of what is kept that came to nothing: damaged, or newer", "kind"
        )
        self.enquiries = counter(
            "sharewise_enquiries", "What became of questions to the advisors, step by step", "step"
        )
        self.teachings = counter("sharewise_teachings", "What advisors taught, edited, retired", "what")
        self.fits = counter("sharewise_fits", "Matchers that this process fitted to taught lessons")
        self.taught_lessons = gauge("sharewise_taught_lessons", "Taught lessons and examples in force")
        self.refused = Gauge(
            "sharewise_credentials_refused",
            "1 while a platform refuses ours",
            ["platform"],
            registry=registry,
        )
        self.outbox_depth = gauge("sharewise_outbox_rows", "Replies waiting to be delivered")
        self.outbox_age = gauge("sharewise_outbox_age_seconds", "Age of the oldest reply waiting")
        self.turn_seconds = histogram("sharewise_turn_seconds", "From arrival to commit", "platform")
        self.match_seconds = histogram("sharewise_match_seconds", "Matching one question")

    def retried(self, platform: str, reason: str) -> None:
        """A sender tries again."""
        self.retries.labels(platform, reason).inc()


class Timed:
    """A matcher whose every question is timed."""

    def __init__(self, matcher: Matcher, seconds: Histogram) -> None:
        self._matcher, self._seconds = matcher, seconds

    def match(self, question: str) -> Match:
        """See ``knowledge.Matcher.match``."""
        started = time.perf_counter()
        try:
            return self._matcher.match(question)
        finally:
            self._seconds.observe(time.perf_counter() - started)

    def meaning(self, question: str) -> Array:
        """See ``knowledge.Matcher.meaning``."""
        return self._matcher.meaning(question)


def timed(knowledge: Knowledge, metrics: Metrics) -> Knowledge:
    """``knowledge`` whose questions show in ``metrics``."""
    return knowledge.having(matcher=Timed(knowledge.matcher, metrics.match_seconds))
