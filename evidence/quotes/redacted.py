"""Which quotes touch a redaction: asked once, when a quote is taken or a redaction made or lifted, not at each reading.

The passages are locked against a redaction that is made at the same moment, which locks them too; whoever comes second
sees what the first has done.
"""

_BETWEEN = """
    FROM documents_passage f
    JOIN documents_passage l ON l.id = {quote}.last_passage_id
    JOIN documents_passage p ON p.document_id = f.document_id AND p.position BETWEEN f.position AND l.position
"""
_TOUCHED = f"""
    EXISTS (
        SELECT {_BETWEEN} JOIN documents_redaction r ON r.passage_id = p.id
        WHERE f.id = {{quote}}.first_passage_id
        AND (p.id <> f.id OR r."end" > {{quote}}.start) AND (p.id <> l.id OR r.start < {{quote}}."end")
    )
"""

# Before a quote is written.
TOUCHES = f"""
    PERFORM 1 {_BETWEEN.format(quote="NEW")} WHERE f.id = NEW.first_passage_id FOR SHARE OF p;
    NEW.redacted := {_TOUCHED.format(quote="NEW")};
    RETURN NEW;
"""
