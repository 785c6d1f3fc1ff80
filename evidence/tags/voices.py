"""Whose voice each tag carries, as a view: what counts people and bodies reads it, and no more of it than it counts.

Voices are numbers, which the database sorts and tells apart many times as fast as words: the key of a person (0), a
body (1), a submission (2), a panel (3) or a meeting (4) with its kind in the last place of eight.
"""

_VOICE = """
    CASE
        WHEN a.id IS NOT NULL THEN a.witness_id * 8
        WHEN s.id IS NOT NULL AND {closed} THEN s.id * 8 + 2
        WHEN b.witness_id IS NOT NULL THEN b.witness_id * 8
        WHEN b.organisation_id IS NOT NULL THEN b.organisation_id * 8 + 1
        WHEN t.witness_id IS NOT NULL THEN t.witness_id * 8
        WHEN l.panel_id IS NOT NULL THEN l.panel_id * 8 + 3
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
_MEETING = "coalesce(t.session_id, i.session_id)"

INSTALL = f"""
    CREATE VIEW tags_heard AS SELECT
        t.id, t.inquiry_id, t.theme_id, t.recommendation_id, t.stance,
        t.quote_id, t.submission_id, t.session_id, t.witness_id, t.insight_id,
        l.panel_id AS quoted_panel_id, l.submission_id AS quoted_submission_id, l.redacted AS quoted_redacted,
        {_VOICE.format(closed=_NOBODY)} AS voice_known,
        {_VOICE.format(closed=_KEPT_BACK)} AS voice_open,
        coalesce({_VOICE.format(closed=_NOBODY)}, {_MEETING} * 8 + 4) AS source_known,
        coalesce({_VOICE.format(closed=_KEPT_BACK)}, {_MEETING} * 8 + 4) AS source_open,
        {_SECTOR.format(closed=_NOBODY)} AS sector_known,
        {_SECTOR.format(closed=_KEPT_BACK)} AS sector_open,
        CASE
            WHEN t.submission_id IS NOT NULL THEN 'written' ELSE coalesce(l.heard_at, {_MEETING}::varchar, '')
        END AS heard_at,
        coalesce(w.lived_experience AND s.id IS NULL, FALSE) OR coalesce(s.lived_experience, FALSE) AS lived
    FROM tags_tag t
    LEFT JOIN quotes_listed l ON l.quote_id = t.quote_id
    LEFT JOIN witnesses_appearance a ON a.id = l.appearance_id
    LEFT JOIN submissions_submission s ON s.id = coalesce(t.submission_id, l.submission_id)
    LEFT JOIN submissions_submitter b ON b.submission_id = coalesce(t.submission_id, l.submission_id)
    LEFT JOIN witnesses_organisation o ON o.id = coalesce(a.organisation_id, b.organisation_id)
    LEFT JOIN witnesses_witness w ON w.id = coalesce(a.witness_id, b.witness_id, t.witness_id)
    LEFT JOIN inquiry_insight i ON i.id = t.insight_id
    WHERE l.standing IS NOT FALSE
"""  # noqa: S608 - put together from this file alone
REMOVE = "DROP VIEW tags_heard"

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
