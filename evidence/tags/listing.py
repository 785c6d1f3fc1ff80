"""What lists ask of a tag on a quote, kept beside it: what the quote is from, and where it stands in their order.

The evidence on a theme is read in an order that only the quotes know. Looked up for each of thousands, it is found by
no index; kept with the tag, the twenty quotes of a page are the next twenty of one. It follows what lists ask of the
quote (``quotes_listed``), whose row is held while a tag is put on it, so that neither misses what becomes of the other.
"""

# ruff: noqa: S608 - put together from this file alone
_OF_THE_QUOTE = (
    *("panel_id", "appearance_id", "submission_id", "redacted", "standing", "heard_at"),
    *("sector_known", "sector_open", "later_known", "later_open", "place"),
)
_COLUMNS, _OLD, _NEW = (", ".join(f"{side}{column}" for column in _OF_THE_QUOTE) for side in ("", "OLD.", "NEW."))
_OF_THE_TAG = "tag_id, inquiry_id, theme_id, recommendation_id, stance, quote_id"

# As a trigger of the tags themselves. The quote’s row is held first, as whoever lists a quote anew has it first.
FOLLOW_THE_TAG = f"""
    IF TG_OP <> 'INSERT' THEN
        PERFORM FROM quotes_listed WHERE quote_id = OLD.quote_id FOR NO KEY UPDATE;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.quote_id IS NOT DISTINCT FROM OLD.quote_id THEN
        UPDATE tags_listed SET (theme_id, recommendation_id, stance)
            = (NEW.theme_id, NEW.recommendation_id, NEW.stance) WHERE tag_id = NEW.id;
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM tags_listed WHERE tag_id = OLD.id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM FROM quotes_listed WHERE quote_id = NEW.quote_id FOR NO KEY UPDATE;
        INSERT INTO tags_listed ({_OF_THE_TAG}, {_COLUMNS})
            SELECT NEW.id, NEW.inquiry_id, NEW.theme_id, NEW.recommendation_id, NEW.stance, quote_id, {_COLUMNS}
            FROM quotes_listed WHERE quote_id = NEW.quote_id;
    END IF;
    RETURN NULL;
"""

INSTALL = f"""
    CREATE FUNCTION attest_list_tags() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE tags_listed SET ({_COLUMNS}) = ({_NEW}) WHERE quote_id = NEW.quote_id;
        RETURN NULL;
    END $$;
    CREATE TRIGGER attest_list_tags AFTER UPDATE OF {_COLUMNS} ON quotes_listed
        FOR EACH ROW WHEN (({_OLD}) IS DISTINCT FROM ({_NEW})) EXECUTE FUNCTION attest_list_tags();
    INSERT INTO tags_listed ({_OF_THE_TAG}, {_COLUMNS})
        SELECT t.id, t.inquiry_id, t.theme_id, t.recommendation_id, t.stance, l.quote_id,
            {", ".join(f"l.{column}" for column in _OF_THE_QUOTE)}
        FROM tags_tag t JOIN quotes_listed l ON l.quote_id = t.quote_id;
"""
REMOVE = "DROP FUNCTION attest_list_tags CASCADE"
