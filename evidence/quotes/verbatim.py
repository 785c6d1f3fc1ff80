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

# The words of the quote are a pattern with gaps, and the source is read through it once. A bit string says how much of
# the pattern the source, so far, may have been: bit j, that it ends with the pattern's word j. A word of the source
# moves each bit to the next place, where the pattern's word there is like it; before a gap a bit may also stay.
VERDICT = """
CREATE OR REPLACE FUNCTION attest_verdict(quoted text, source text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET enable_nestloop = off AS $$
DECLARE
    said text[] := attest_plain_words(source);
    marked text;
    words text[];
    word text;
    wanted text[] := '{}';      -- the pattern's words
    after_gap bool[] := '{}';   -- whether a gap stands before each of them
    gapped bool := false;
    n int := coalesce(array_length(said, 1), 0);
    m int;
    nowhere varbit;
    stays varbit;
    here varbit;
    onwards varbit;
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
        IF word = U&'\\E000' THEN
            gapped := true;
        ELSE
            wanted := wanted || word;
            after_gap := after_gap || gapped;
            gapped := false;
        END IF;
    END LOOP;
    m := array_length(wanted, 1);
    after_gap := after_gap || gapped;
    IF n < m OR (n > m AND true <> ALL (after_gap)) THEN
        RETURN 'mismatch';
    END IF;
    nowhere := repeat('0', m + 1)::varbit;
    here := set_bit(nowhere, 0, 1);
    stays := (SELECT string_agg(CASE WHEN gap THEN '1' ELSE '0' END, '' ORDER BY j)
        FROM unnest(after_gap) WITH ORDINALITY g (gap, j))::varbit;
    FOR onwards IN
        WITH places AS (
            SELECT p.word, after_gap[p.j] AS opens, after_gap[p.j + 1] AS closes,
                bit_or(set_bit(nowhere, p.j::int, 1)) AS at
            FROM unnest(wanted) WITH ORDINALITY p (word, j) GROUP BY 1, 2, 3
        ), heard AS (
            SELECT h.word, ltrim(h.word, opening) AS opened, rtrim(h.word, closing) AS closed,
                ltrim(rtrim(h.word, closing), opening) AS both_ways
            FROM (SELECT DISTINCT unnest(said)) h (word)
        ), alike AS (
            SELECT h.word, p.at FROM heard h JOIN places p ON p.word = h.word
            UNION ALL SELECT h.word, p.at FROM heard h JOIN places p ON p.word = h.opened WHERE p.opens
            UNION ALL SELECT h.word, p.at FROM heard h JOIN places p ON p.word = h.closed WHERE p.closes
            UNION ALL SELECT h.word, p.at FROM heard h JOIN places p ON p.word = h.both_ways
                WHERE p.opens AND p.closes
            UNION ALL SELECT h.word, p.at FROM heard h JOIN (
                SELECT at, opens, closes, replace(
                    replace(replace(replace(places.word, '\\', '\\\\'), '%', '\\%'), '_', '\\_'), U&'\\E001', '%'
                ) AS letters
                FROM places WHERE strpos(places.word, U&'\\E001') > 0
            ) p ON h.word LIKE p.letters OR (p.opens AND h.opened LIKE p.letters)
                OR (p.closes AND h.closed LIKE p.letters)
                OR (p.opens AND p.closes AND h.both_ways LIKE p.letters)
        ), following AS (
            SELECT a.word, bit_or(a.at) AS at FROM alike a GROUP BY a.word
        )
        SELECT coalesce(f.at, nowhere) FROM unnest(said) WITH ORDINALITY s (word, i)
        LEFT JOIN following f ON f.word = s.word ORDER BY s.i
    LOOP
        here := ((here >> 1) & onwards) | (here & stays);
    END LOOP;
    RETURN CASE WHEN get_bit(here, m) = 1 THEN 'edited' ELSE 'mismatch' END;
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
