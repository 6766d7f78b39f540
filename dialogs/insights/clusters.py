"""How a cluster of unanswered questions is named in buttons, and found again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from dialogs.core.text import words
from knowledge.authoring.clusters import Cluster


def cluster_id(question: str) -> str:
    """Names the cluster that has ``question``: in its button, whatever else joins it later."""
    return hashlib.blake2s(" ".join(words(question)).encode(), digest_size=6).hexdigest()


def named(id: str, clusters: Iterable[Cluster]) -> Cluster | None:
    """The one with the question that ``id`` names."""
    return next(
        (cluster for cluster in clusters if any(cluster_id(each) == id for each in cluster.questions)), None
    )
