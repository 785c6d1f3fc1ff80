"""What "verbatim" means, in SQL, so that no quote can say of itself what is not so, whoever writes it.

Installed by this room's migrations; the triggers of ``Quote`` call it. Words are compared one by one. White space
and typographic quotes and dashes count as equal. In the quote, ``[…]`` stands for any number of omitted words, a
bracket by itself for an insertion or a change of whole words, and a bracket within a word for a change of letters.
A comma or the like that stands beside omitted words may be left out with them; a question mark may not.
"""

# Five single quotes, five double quotes and seven dashes become the plain one of their kind; four invisible
# characters vanish.
_ALIKE = "'" * 5 + '"' * 5 + "-" * 7

PLAIN_WORDS = """
CREATE OR REPLACE FUNCTION attest_plain_words(said text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT string_to_array(
        btrim(regexp_replace(
            translate(
                normalize(said, NFC),
                U&'\\2018\\2019\\201A\\201B\\2032\\201C\\201D\\201E\\201F\\2033\\2010\\2011\\2012\\2013\\2014\\2015\\2212\\00AD\\200B\\2060\\FEFF',
                $q${alike}$q$
            ),
            U&'[\\0009-\\000D\\0020\\0085\\00A0\\1680\\2000-\\200A\\2028\\2029\\202F\\205F\\3000]+', ' ', 'g'
        ), ' '),
        ' '
    )
$$;
""".replace("{alike}", _ALIKE)

VERDICT = """
CREATE OR REPLACE FUNCTION attest_verdict(quoted text, source text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    said text[] := attest_plain_words(source);
    marked text;
    words text[];
    patterns text[];
    word text;
    i int := 1;          -- the next word of the source
    j int := 1;          -- the next pattern of the quote
    gap int := 0;        -- the last gap met among the patterns
    gap_i int := 0;      -- where in the source that gap ends for now
    n int := coalesce(array_length(said, 1), 0);
    m int;
    closing CONSTANT text := '.,;:…)"';
    opening CONSTANT text := '("';
BEGIN
    IF attest_plain_words(quoted) = said THEN
        RETURN CASE WHEN n > 0 THEN 'verbatim' ELSE 'mismatch' END;
    END IF;
    IF quoted !~ '\\[[^\\[\\]]*\\]' THEN
        RETURN 'mismatch';
    END IF;
    -- U+E000 marks a gap of any number of words, U+E001 one of any number of letters.
    marked := translate(quoted, U&'\\E000\\E001', '');
    marked := regexp_replace(marked, '(?<!\\S)\\[[^\\[\\]]*\\]([^\\w\\s\\[\\]]+)(?!\\S)', U&'\\E000 \\E001\\\\1', 'g');
    marked := regexp_replace(marked, '\\[\\s*(…|\\.\\.\\.)\\s*\\]', U&' \\E000 ', 'g');
    marked := regexp_replace(marked, '(?<!\\S)\\[[^\\[\\]]*\\](?!\\S)', U&'\\E000', 'g');
    marked := regexp_replace(marked, '\\[[^\\[\\]]*\\]', U&'\\E001', 'g');
    words := attest_plain_words(marked);
    IF array_to_string(words, '') ~ U&'^[\\E000\\E001]*$' THEN
        RETURN 'mismatch';
    END IF;
    FOREACH word IN ARRAY words LOOP
        patterns := patterns || CASE WHEN word = U&'\\E000' THEN NULL
            ELSE replace(
                replace(replace(replace(word, '\\', '\\\\'), '%', '\\%'), '_', '\\_'), U&'\\E001', '%'
            ) END;
    END LOOP;
    m := array_length(patterns, 1);
    WHILE i <= n LOOP
        IF j <= m AND patterns[j] IS NULL THEN
            gap := j; gap_i := i; j := j + 1;
        ELSIF j <= m AND (
            said[i] LIKE patterns[j]
            OR (j < m AND patterns[j + 1] IS NULL AND rtrim(said[i], closing) LIKE patterns[j])
            OR (j > 1 AND patterns[j - 1] IS NULL AND ltrim(said[i], opening) LIKE patterns[j])
            OR (
                j > 1 AND j < m AND patterns[j - 1] IS NULL AND patterns[j + 1] IS NULL
                AND ltrim(rtrim(said[i], closing), opening) LIKE patterns[j]
            )
        ) THEN
            i := i + 1; j := j + 1;
        ELSIF gap > 0 THEN
            gap_i := gap_i + 1; i := gap_i; j := gap + 1;
        ELSE
            RETURN 'mismatch';
        END IF;
    END LOOP;
    WHILE j <= m AND patterns[j] IS NULL LOOP
        j := j + 1;
    END LOOP;
    RETURN CASE WHEN j > m THEN 'edited' ELSE 'mismatch' END;
END
$$;
"""

SOURCE = """
CREATE OR REPLACE FUNCTION attest_source(first_id bigint, start_at int, last_id bigint, end_at int) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT string_agg(
        substring(
            p.received_text
            FROM CASE WHEN p.id = first_id THEN least(start_at, char_length(p.received_text)) + 1 ELSE 1 END
            FOR greatest(
                CASE WHEN p.id = last_id THEN end_at ELSE char_length(p.received_text) END
                - CASE WHEN p.id = first_id THEN start_at ELSE 0 END, 0)
        ), ' ' ORDER BY p.position
    )
    FROM documents_passage f
    JOIN documents_passage l ON l.id = last_id AND l.document_id = f.document_id
    JOIN documents_passage p ON p.document_id = f.document_id AND p.position BETWEEN f.position AND l.position
    WHERE f.id = first_id
$$;
"""

INSTALL = PLAIN_WORDS + VERDICT + SOURCE
REMOVE = """
DROP FUNCTION attest_verdict(text, text);
DROP FUNCTION attest_plain_words(text);
DROP FUNCTION attest_source(bigint, int, bigint, int);
"""

JUDGE = """
    IF NEW.first_passage_id IS NULL THEN
        IF TG_OP = 'UPDATE' AND NEW.text <> OLD.text AND NEW.checked_at IS NOT DISTINCT FROM OLD.checked_at
        THEN
            NEW.checked_at := NULL; NEW.checked_by_id := NULL; NEW.checked_against := ''; NEW.time_code := NULL;
        END IF;
        NEW.verdict := CASE WHEN NEW.checked_at IS NULL THEN 'unchecked' ELSE 'checked' END;
        RETURN NEW;
    END IF;
    source := attest_source(NEW.first_passage_id, NEW.start, NEW.last_passage_id, NEW."end");
    IF source IS NULL OR btrim(source) = '' OR NOT EXISTS (
        SELECT FROM documents_passage f, documents_passage l
        WHERE f.id = NEW.first_passage_id AND l.id = NEW.last_passage_id
        AND NEW.start < char_length(f.received_text) AND NEW."end" <= char_length(l.received_text)
        AND (f.id <> l.id OR NEW.start < NEW."end")
    ) THEN
        RAISE EXCEPTION 'A quote is anchored to words that stand in its document.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.submission_id IS NOT NULL THEN
        IF NOT EXISTS (
            SELECT FROM documents_passage p JOIN submissions_submissionfile f ON f.document_id = p.document_id
            WHERE p.id = NEW.first_passage_id AND f.submission_id = NEW.submission_id
        ) THEN
            RAISE EXCEPTION 'A quote is taken from a document of its own submission.'
                USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NOT EXISTS (
        SELECT FROM documents_passage f
        JOIN documents_passage l ON l.id = NEW.last_passage_id
        JOIN transcripts_transcript t ON t.document_id = f.document_id
        JOIN transcripts_part a ON a.transcript_id = t.id AND a.panel_id = NEW.panel_id
            AND a.first_position <= f.position AND a.last_position >= l.position
        JOIN transcripts_speaker s ON s.part_id = a.id AND s.printed = f.speaker
            AND s.appearance_id IS NOT DISTINCT FROM NEW.appearance_id
        WHERE f.id = NEW.first_passage_id
    ) THEN
        RAISE EXCEPTION 'A quote is of whoever spoke the words, as their panel''s transcript has them.'
            USING ERRCODE = 'check_violation';
    ELSIF EXISTS (
        SELECT FROM documents_passage f
        JOIN documents_passage l ON l.id = NEW.last_passage_id
        JOIN documents_passage p ON p.document_id = f.document_id AND p.position BETWEEN f.position AND l.position
        WHERE f.id = NEW.first_passage_id AND p.speaker <> f.speaker
    ) THEN
        RAISE EXCEPTION 'These are the words of more than one speaker. Take a quote from each.'
            USING ERRCODE = 'check_violation';
    END IF;
    NEW.verdict := attest_verdict(NEW.text, source);
    RETURN NEW;
"""
