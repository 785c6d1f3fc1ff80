"""What lists ask of a quote, kept beside it: where it was heard, whose voice it is, and where it stands in their order.

To sort fifty thousand quotes by the sector of whoever said them takes seconds where it is looked up for each of them
at each reading. So it is kept in a narrow table, and triggers keep it true: whatever changes something that it follows
from lists those quotes anew. Rows are locked before they are looked at, so that of two who change something at the
same moment the second sees what the first has done.
"""

# ruff: noqa: S608 - put together from this file alone
_LAST = 2**31 - 1
_KEPT = (
    *("panel_id", "appearance_id", "submission_id", "redacted", "standing", "heard_at", "compared"),
    *("sector_known", "sector_open", "later_known", "later_open", "place"),
)
_COLUMNS, _OLD, _NEW = (", ".join(f"{side}{column}" for column in _KEPT) for side in ("", "old.", "excluded."))

# The voice of a submission is its first submitter's. Places compare as bytes, so each part of one has a fixed length.
_ROWS = f"""
    SELECT
        q.id, q.inquiry_id, q.panel_id, q.appearance_id, q.submission_id, q.redacted, q.removed_at IS NULL,
        CASE WHEN q.submission_id IS NULL THEN p.session_id::varchar ELSE 'written' END,
        CASE WHEN t.replaced_at IS NULL THEN q.verdict ELSE 'to be compared again' END,
        whose.sector,
        CASE WHEN s.names_known IS FALSE THEN 'unnamed' ELSE whose.sector END,
        whose.sector <> 'residents',
        whose.sector <> 'residents' OR s.names_known IS FALSE,
        int4send(coalesce(m.number, {_LAST})) || int4send(coalesce(m.date - DATE '0001-01-01', {_LAST}))
            || int8send(coalesce(m.id, {_LAST})) || int4send(coalesce(s.number, {_LAST}))
            || int4send(coalesce(f.position, {_LAST})) || int4send(coalesce(q.start, {_LAST})) || int8send(q.id)
    FROM quotes_quote q
    LEFT JOIN inquiry_panel p ON p.id = q.panel_id
    LEFT JOIN inquiry_session m ON m.id = p.session_id
    LEFT JOIN witnesses_appearance a ON a.id = q.appearance_id
    LEFT JOIN submissions_submission s ON s.id = q.submission_id
    LEFT JOIN documents_passage f ON f.id = q.first_passage_id
    LEFT JOIN transcripts_transcript t ON t.document_id = f.document_id
    LEFT JOIN LATERAL (
        SELECT witness_id, organisation_id FROM submissions_submitter
        WHERE submission_id = q.submission_id ORDER BY position, id LIMIT 1
    ) wrote ON TRUE
    LEFT JOIN witnesses_organisation o ON o.id = coalesce(a.organisation_id, wrote.organisation_id)
    LEFT JOIN witnesses_witness w ON w.id = coalesce(a.witness_id, wrote.witness_id)
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN o.id IS NOT NULL THEN o.sector
            WHEN w.lived_experience THEN 'residents'
            WHEN w.id IS NOT NULL THEN 'not_known'
            ELSE 'unnamed'
        END AS sector
    ) whose
    WHERE q.id = ANY (ids)
"""
_LIST = f"""
    CREATE FUNCTION attest_list_quotes(ids bigint[]) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        IF ids IS NULL THEN
            RETURN;
        END IF;
        PERFORM 1 FROM quotes_listed WHERE quote_id = ANY (ids) ORDER BY quote_id FOR UPDATE;
        INSERT INTO quotes_listed AS old (quote_id, inquiry_id, {_COLUMNS}, tags)
            SELECT *, 0 FROM ({_ROWS}) AS rows
            ON CONFLICT (quote_id) DO UPDATE SET ({_COLUMNS}) = ROW ({_NEW})
            WHERE ({_OLD}) IS DISTINCT FROM ({_NEW});
    END $$;
"""

_TAKEN = "SELECT id FROM now"
# Nothing of what new rows are listed by changes before they are there for others to see.
_HELD = """
    PERFORM 1 FROM submissions_submission WHERE id IN (SELECT submission_id FROM now) ORDER BY id FOR SHARE;
    PERFORM 1 FROM transcripts_transcript WHERE document_id IN (
        SELECT document_id FROM documents_passage WHERE id IN (SELECT first_passage_id FROM now)
    ) ORDER BY id FOR SHARE;
    PERFORM 1 FROM witnesses_organisation WHERE id IN (
        SELECT organisation_id FROM witnesses_appearance WHERE id IN (SELECT appearance_id FROM now)
        UNION SELECT organisation_id FROM submissions_submitter WHERE submission_id IN (SELECT submission_id FROM now)
    ) ORDER BY id FOR SHARE;
    PERFORM 1 FROM witnesses_witness WHERE id IN (
        SELECT witness_id FROM witnesses_appearance WHERE id IN (SELECT appearance_id FROM now)
        UNION SELECT witness_id FROM submissions_submitter WHERE submission_id IN (SELECT submission_id FROM now)
    ) ORDER BY id FOR SHARE;
"""
_WRITTEN = "SELECT id FROM quotes_quote WHERE submission_id IN (SELECT submission_id FROM {})"
_HELD_APART = "PERFORM 1 FROM submissions_submission WHERE id IN (SELECT submission_id FROM {}) FOR NO KEY UPDATE;"


def _said_or_written_by(column: str, *columns: str) -> str:
    return f"""
        SELECT q.id FROM quotes_quote q JOIN witnesses_appearance a ON a.id = q.appearance_id
        WHERE a.{column} IN ({_changed(*columns)})
        UNION SELECT q.id FROM quotes_quote q JOIN submissions_submitter b ON b.submission_id = q.submission_id
        WHERE b.{column} IN ({_changed(*columns)})
    """


def _changed(*columns: str) -> str:
    was, now = (", ".join(f"{side}.{column}" for column in columns) for side in ("was", "now"))
    return f"SELECT id FROM now JOIN was USING (id) WHERE ({was}) IS DISTINCT FROM ({now})"


# By the table and what is done with it: what is held meanwhile, and which quotes are listed anew.
_WATCHED = {
    ("quotes_quote", "INSERT"): (_HELD, _TAKEN),
    ("quotes_quote", "UPDATE"): (_HELD, _TAKEN),
    ("submissions_submission", "UPDATE"): (
        "",
        f"SELECT id FROM quotes_quote WHERE submission_id IN ({_changed('names_known')})",
    ),
    ("submissions_submitter", "INSERT"): (_HELD_APART.format("now"), _WRITTEN.format("now")),
    ("submissions_submitter", "UPDATE"): (_HELD_APART.format("now"), _WRITTEN.format("now")),
    ("submissions_submitter", "DELETE"): (_HELD_APART.format("was"), _WRITTEN.format("was")),
    ("witnesses_organisation", "UPDATE"): ("", _said_or_written_by("organisation_id", "sector")),
    ("witnesses_witness", "UPDATE"): ("", _said_or_written_by("witness_id", "lived_experience")),
    ("witnesses_appearance", "UPDATE"): (
        "",
        f"SELECT id FROM quotes_quote WHERE appearance_id IN ({_changed('organisation_id', 'witness_id')})",
    ),
    ("inquiry_session", "UPDATE"): (
        "",
        f"""
            SELECT q.id FROM quotes_quote q JOIN inquiry_panel p ON p.id = q.panel_id
            WHERE p.session_id IN ({_changed("number", "date")})
        """,
    ),
    ("transcripts_transcript", "UPDATE"): (
        "",
        f"""
            SELECT q.id FROM quotes_quote q JOIN documents_passage f ON f.id = q.first_passage_id
            JOIN transcripts_transcript t ON t.document_id = f.document_id WHERE t.id IN ({_changed("replaced_at")})
        """,
    ),
}
_TABLES = {"INSERT": "NEW TABLE AS now", "UPDATE": "OLD TABLE AS was NEW TABLE AS now", "DELETE": "OLD TABLE AS was"}


def _watch(table: str, done: str, held: str, touched: str) -> str:
    name = f"attest_list_{table}_{done.lower()}"
    return f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            {held}
            PERFORM attest_list_quotes((SELECT array_agg(id) FROM ({touched}) AS touched (id)));
            RETURN NULL;
        END $$;
        CREATE TRIGGER {name} AFTER {done} ON {table} REFERENCING {_TABLES[done]}
            FOR EACH STATEMENT EXECUTE FUNCTION {name}();
    """


_DROP = """
    CREATE FUNCTION attest_unlist_quote() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        DELETE FROM quotes_listed WHERE quote_id = OLD.id;
        RETURN OLD;
    END $$;
    CREATE TRIGGER attest_unlist_quote BEFORE DELETE ON quotes_quote
        FOR EACH ROW EXECUTE FUNCTION attest_unlist_quote();
"""

INSTALL = (
    _LIST
    + "".join(_watch(table, done, *of) for (table, done), of in _WATCHED.items())
    + _DROP
    + "SELECT attest_list_quotes((SELECT array_agg(id) FROM quotes_quote));"
)
REMOVE = (
    "".join(f"DROP FUNCTION attest_list_{table}_{done.lower()} CASCADE;" for table, done in _WATCHED)
    + "DROP FUNCTION attest_unlist_quote CASCADE; DROP FUNCTION attest_list_quotes;"
)
