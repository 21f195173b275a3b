"""What only Postgres needs, since several processes share it; no table has any of it in SQLite.

Other processes are woken: when a transaction that adds work commits, or one that lets work be due, whoever listens on
the channel ``sitrep`` hears the name of the table. Nothing is told of what a process comes to by itself: the work that
it has claimed, and times that it waits for.

And posts are numbered so that it can be told up to which number all of them are there: transactions commit in another
order than they take numbers.
"""

CHANNEL = "sitrep"
_NUMBERING = 7_748_738  # any number: by it the advisory locks are known
_LOW_BITS = 0x7FFF_FFFF  # as much of a number as such a lock can have for its name

_FUNCTIONS = (
    f"""
    CREATE FUNCTION sitrep_added() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT FROM added) THEN
            PERFORM pg_notify('{CHANNEL}', TG_TABLE_NAME);
        END IF;
        RETURN NULL;
    END $$
    """,
    f"""
    CREATE FUNCTION sitrep_due() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_notify('{CHANNEL}', TG_TABLE_NAME);
        RETURN NULL;
    END $$
    """,
    # Whoever is about to take numbers holds a lock till his end, named by the last one that was taken before.
    """
    CREATE FUNCTION sitrep_newest_seq() RETURNS bigint LANGUAGE sql AS $$
        SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM posts_seq_seq
    $$
    """,
    f"""
    CREATE FUNCTION sitrep_numbering() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock_shared({_NUMBERING}, (sitrep_newest_seq() & {_LOW_BITS})::integer);
        RETURN NULL;
    END $$
    """,
    # First the last number, then the locks: whoever has taken one up to it and has no lock any more has ended.
    f"""
    CREATE FUNCTION sitrep_settled_seq() RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE
        newest bigint := sitrep_newest_seq();
    BEGIN
        RETURN (
            SELECT coalesce(min(newest - ((newest - objid::bigint) & {_LOW_BITS})), newest)
            FROM pg_locks
            WHERE locktype = 'advisory' AND classid = {_NUMBERING} AND objsubid = 2 AND granted
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        );
    END $$
    """,  # noqa: S608 - it is made of numbers of ours
)

# The bursts of a desk are extended with every post, which brings nothing forward; only a new one is told.
_ADDED_TO = ("inbox", "outbox", "runs", "recaps", "bursts", "editions")

_IS_FREE = "NEW.state = 'waiting' AND NEW.lease_until IS NULL AND NEW.due IS NULL"
_IS_DUE = {
    "inbox": ("state, lease_until", _IS_FREE),
    "outbox": ("state, lease_until", _IS_FREE),
    # The end of one that was being sent lets the next be composed.
    "runs": ("state, lease_until", f"OLD.state = 'sending' AND NEW.state <> 'sending' OR {_IS_FREE}"),
    "recaps": (
        "state, next_slot",
        "NEW.state = 'active' AND (OLD.state <> 'active' OR NEW.next_slot < OLD.next_slot)",
    ),
}

STATEMENTS = (
    *_FUNCTIONS,
    *(
        f"CREATE TRIGGER sitrep_added AFTER INSERT ON {table} REFERENCING NEW TABLE AS added"
        " FOR EACH STATEMENT EXECUTE FUNCTION sitrep_added()"
        for table in _ADDED_TO
    ),
    *(
        f"CREATE TRIGGER sitrep_due AFTER UPDATE OF {columns} ON {table}"
        f" FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION sitrep_due()"
        for table, (columns, when) in _IS_DUE.items()
    ),
    "CREATE TRIGGER sitrep_numbering BEFORE INSERT ON posts FOR EACH STATEMENT EXECUTE FUNCTION sitrep_numbering()",
)
