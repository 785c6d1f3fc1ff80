"""How the database finds out, for each row of the history, who is at work.

In place of pghistory's own function, which asks for a setting and takes the error for “nobody”. In a transaction of a
command, or of a worker, each row of the history was an error then, and after each the database looks through every
foreign key that is still to be checked: ten thousand rows cost a thousand times what a hundred do.
"""

INSTALL = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS pghistory_context.id%TYPE LANGUAGE plpgsql AS $$
DECLARE
    -- What was set for a transaction that is over is empty, and not absent.
    trace uuid := nullif(current_setting('pghistory.context_id', true), '')::uuid;
    said jsonb := nullif(current_setting('pghistory.context_metadata', true), '')::jsonb;
BEGIN
    IF trace IS NULL OR said IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO pghistory_context AS known (id, metadata, created_at, updated_at) VALUES (trace, said, now(), now())
        ON CONFLICT (id) DO UPDATE SET metadata = EXCLUDED.metadata, updated_at = EXCLUDED.updated_at
        WHERE known.metadata <> EXCLUDED.metadata;
    RETURN trace;
END
$$;
"""
