"""Whose voice each tag carries, as a view: what counts people and bodies reads it, and no more of it than it counts.

Voices are numbers, which the database sorts and tells apart many times as fast as words: the key of a person (0), a
body (1), a submission (2), a panel (3) or a meeting (4) with its kind in the last place of eight. Tags on quotes, and
those on other evidence, are asked apart: either are passed over where a query can't find any of them.
"""

# ruff: noqa: S608 - put together from this file alone
_TAGS = """
    SELECT tag_id, inquiry_id, theme_id, recommendation_id, stance,
        quote_id, NULL::bigint, NULL::bigint, NULL::bigint, NULL::bigint,
        panel_id, appearance_id, submission_id, redacted, heard_at
    FROM tags_listed WHERE standing
    UNION ALL
    SELECT t.id, t.inquiry_id, t.theme_id, t.recommendation_id, t.stance,
        NULL::bigint, t.submission_id, t.session_id, t.witness_id, t.insight_id,
        NULL::bigint, NULL::bigint, NULL::bigint, NULL::boolean,
        CASE WHEN t.submission_id IS NULL THEN coalesce(t.session_id, i.session_id)::varchar ELSE 'written' END
    FROM tags_tag t LEFT JOIN inquiry_insight i ON i.id = t.insight_id WHERE t.quote_id IS NULL
"""
_VOICE = """
    CASE
        WHEN a.id IS NOT NULL THEN a.witness_id * 8
        WHEN s.id IS NOT NULL AND {closed} THEN s.id * 8 + 2
        WHEN b.witness_id IS NOT NULL THEN b.witness_id * 8
        WHEN b.organisation_id IS NOT NULL THEN b.organisation_id * 8 + 1
        WHEN t.witness_id IS NOT NULL THEN t.witness_id * 8
        WHEN t.quoted_panel_id IS NOT NULL THEN t.quoted_panel_id * 8 + 3
    END
"""
_SECTOR = """
    CASE
        WHEN s.id IS NOT NULL AND {closed} THEN 'unnamed'
        WHEN o.id IS NOT NULL THEN o.sector
        WHEN w.lived_experience THEN 'residents'
        WHEN w.id IS NOT NULL AND t.witness_id IS NULL THEN 'not_known'
        ELSE 'unnamed'
    END
"""
_NOBODY, _KEPT_BACK = "b.id IS NULL", "(b.id IS NULL OR NOT s.names_known)"
# Of a meeting, and of an insight, the place alone is known, which is its session.
_MEETING = "CASE WHEN coalesce(t.session_id, t.insight_id) IS NOT NULL THEN t.heard_at::bigint END"

INSTALL = f"""
    CREATE VIEW tags_heard AS SELECT
        t.id, t.inquiry_id, t.theme_id, t.recommendation_id, t.stance,
        t.quote_id, t.submission_id, t.session_id, t.witness_id, t.insight_id,
        t.quoted_panel_id, t.quoted_submission_id, t.quoted_redacted,
        {_VOICE.format(closed=_NOBODY)} AS voice_known,
        {_VOICE.format(closed=_KEPT_BACK)} AS voice_open,
        coalesce({_VOICE.format(closed=_NOBODY)}, {_MEETING} * 8 + 4) AS source_known,
        coalesce({_VOICE.format(closed=_KEPT_BACK)}, {_MEETING} * 8 + 4) AS source_open,
        {_SECTOR.format(closed=_NOBODY)} AS sector_known,
        {_SECTOR.format(closed=_KEPT_BACK)} AS sector_open,
        coalesce(t.heard_at, '') AS heard_at,
        coalesce(w.lived_experience AND s.id IS NULL, FALSE) OR coalesce(s.lived_experience, FALSE) AS lived
    FROM ({_TAGS}) AS t (
        id, inquiry_id, theme_id, recommendation_id, stance,
        quote_id, submission_id, session_id, witness_id, insight_id, quoted_panel_id,
        appearance_id, quoted_submission_id, quoted_redacted, heard_at
    )
    LEFT JOIN witnesses_appearance a ON a.id = t.appearance_id
    LEFT JOIN submissions_submission s ON s.id = coalesce(t.submission_id, t.quoted_submission_id)
    LEFT JOIN submissions_submitter b ON b.submission_id = coalesce(t.submission_id, t.quoted_submission_id)
    LEFT JOIN witnesses_organisation o ON o.id = coalesce(a.organisation_id, b.organisation_id)
    LEFT JOIN witnesses_witness w ON w.id = coalesce(a.witness_id, b.witness_id, t.witness_id)
"""
REMOVE = "DROP VIEW IF EXISTS tags_heard"

# A tag on a recommendation that is withdrawn counts nowhere, and counts again as soon as that is brought back.
COUNT = """
    CREATE FUNCTION attest_count_tags() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE quotes_listed l SET tags = l.tags + CASE WHEN NEW.withdrawn_at IS NULL THEN 1 ELSE -1 END
        FROM tags_tag t WHERE t.recommendation_id = NEW.id AND t.quote_id = l.quote_id;
        RETURN NULL;
    END $$;
    CREATE TRIGGER attest_count_tags AFTER UPDATE OF withdrawn_at ON inquiry_recommendation FOR EACH ROW
        WHEN ((OLD.withdrawn_at IS NULL) <> (NEW.withdrawn_at IS NULL)) EXECUTE FUNCTION attest_count_tags();
"""
COUNT_NO_MORE = "DROP FUNCTION attest_count_tags CASCADE"
