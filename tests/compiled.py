"""Statements are compiled once a process, as for the bot, and not anew for the database of every test."""

from sqlalchemy import Connection, Engine, event

# By kind of database, the engine whose compiled statements the others take.
_first: dict[str, Engine] = {}


@event.listens_for(Engine, "engine_connect")
def share(connection: Connection) -> None:
    """Let the engine of this connection go on with what the first of its kind has compiled."""
    engine = connection.engine
    first = _first.setdefault(engine.dialect.name, engine)
    if engine.dialect is not first.dialect:
        # The dialect is part of the cache's keys.
        engine.dialect = connection.dialect = first.dialect
        engine._compiled_cache = first._compiled_cache
    elif engine is first and first._compiled_cache:
        first._compiled_cache.capacity = 5_000
