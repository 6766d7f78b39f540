"""Where the server is: a plain address, sentinels that know which server is the primary just now, or some
servers of a cluster, which know the others.

    redis+sentinel://[user:password@]host[:port][,host[:port]…]/name[/database][?options]
    redis+cluster://[user:password@]host[:port][,host[:port]…][?options]

User and password are the data server's; ``sentinel_username`` and ``sentinel_password`` among the options are
the sentinels' own. All other options, such as ``ssl_ca_certs`` for a private certificate authority, are those
of plain addresses. It is the grammar by which docket reads the same address.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from redis.asyncio.cluster import ClusterNode, RedisCluster
from redis.asyncio.connection import ConnectionPool, parse_url
from redis.asyncio.sentinel import Sentinel, SentinelConnectionPool
from redis.credentials import CredentialProvider, UsernamePasswordCredentialProvider

SENTINEL_PORT, PORT = 26379, 6379
_OF_SENTINELS = {"sentinel_username": "username", "sentinel_password": "password"}


def connection_pool(url: str, timeout: float) -> ConnectionPool:
    """Makes connections to the server at ``url``, each asking the sentinels anew, where it names some.

    ``timeout``: seconds that connecting, or an answer, may take. Raises ValueError for an address of which
    nothing can be made.
    """
    patience = {"socket_timeout": timeout, "socket_connect_timeout": timeout}
    scheme, _, rest = url.partition("://")
    if not scheme.endswith("+sentinel"):
        return ConnectionPool.from_url(url, **patience)
    # Several hosts are no address that urlsplit reads: it gets the rest of it.
    where, _, path = rest.partition("/")
    user, _, hosts = where.rpartition("@")
    parts = urlsplit(f"redis://{user}@sentinels/{path}")
    name, _, database = parts.path.strip("/").partition("/")
    query = parse_qsl(parts.query)
    secured: dict[str, Any] = {"ssl": True} if scheme.startswith("rediss") else {}
    options = parse_url(f"redis:///?{urlencode([pair for pair in query if pair[0] not in _OF_SENTINELS])}")
    authority = {option: value for option, value in options.items() if option.startswith("ssl_")}
    theirs = {_OF_SENTINELS[option]: value for option, value in query if option in _OF_SENTINELS}
    login = {"username": parts.username, "password": parts.password}
    return SentinelConnectionPool(  # type: ignore[no-untyped-call]
        name,
        Sentinel(  # type: ignore[no-untyped-call]
            [_host(host, SENTINEL_PORT) for host in hosts.split(",")],
            sentinel_kwargs={**patience, **secured, **(authority if secured else {}), **theirs},
        ),
        db=int(database or 0),
        **patience,
        **secured,
        **options,
        **{option: unquote(value) for option, value in login.items() if value},
    )


async def closed(pool: ConnectionPool) -> None:
    """Close what a pool holds besides the connections that it has made: those to the sentinels."""
    if isinstance(pool, SentinelConnectionPool):
        for sentinel in pool.sentinel_manager.sentinels:
            await sentinel.aclose()


def is_cluster(url: str) -> bool:
    """Whether ``url`` names servers of a cluster."""
    return url.partition("://")[0].endswith("+cluster")


def cluster_client(url: str, timeout: float) -> RedisCluster:
    """Finds out which server of the cluster has what; nothing else is asked through it.

    ``timeout`` as above. Raises ValueError for an address of which nothing can be made.
    """
    before, hosts, options = _cut(url.replace("+cluster", "", 1))
    return RedisCluster.from_url(
        before + hosts[0] + options,
        startup_nodes=[ClusterNode(*_host(host, PORT)) for host in hosts],
        require_full_coverage=False,
        socket_timeout=timeout,
        socket_connect_timeout=timeout,
    )


def by_host(url: str) -> tuple[list[str], CredentialProvider | None]:
    """Addresses of one host each, and the login apart, where ``url`` is a cluster's: docket reads it no other
    way, and a password that is written in another way in addresses not at all."""
    if not is_cluster(url):
        return [url], None
    before, hosts, options = _cut(url)
    scheme, _, login = before.partition("://")
    user, _, password = (unquote(part) for part in login.rstrip("@").partition(":"))
    provider = UsernamePasswordCredentialProvider(user or None, password) if login else None
    return [f"{scheme}://{host}{options}" for host in hosts], provider


def _cut(url: str) -> tuple[str, list[str], str]:
    """A cluster's address: what is before its hosts, these, and its options."""
    scheme, _, rest = url.partition("://")
    where, mark, options = rest.partition("?")
    login, at, hosts = where.rstrip("/").rpartition("@")
    return f"{scheme}://{login}{at}", hosts.split(","), mark + options


def _host(written: str, port: int) -> tuple[str, int]:
    parts = urlsplit(f"//{written.strip()}")
    if not parts.hostname:
        raise ValueError("an address without a host")
    return parts.hostname, parts.port or port
