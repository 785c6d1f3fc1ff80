"""Every format prints the same appendix, as it was typed, and always in the same bytes."""

import csv as tables
import html as entities
import io
import re
import zipfile
from datetime import date
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from inquiry.spreadsheets import FORMULA, cell
from report.formats import csv, docx, html, odt, pdf
from report.formats.direction import runs_leftwards
from report.structure import (
    Appendix,
    Evidence,
    LeftOut,
    PanelHeard,
    Sitting,
    Theme,
    ThemeGroup,
    ThemesPart,
    Witness,
    WitnessesPart,
    WrittenEvidence,
    WrittenPart,
)
from tests.report.reading import MARKUP, squeezed, words_of_html, words_of_pdf
from tests.report.sample import BRADLEY_DORMAN, DASEIN, ROBINSON, commons, empty, filled_with, lords, sample

FORMATS = {"html": html, "docx": docx, "pdf": pdf, "csv": csv}


def rows_of(appendix):
    return list(tables.DictReader(io.StringIO(csv.render(appendix).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "appendix",
    [sample(), commons(), lords(), empty(), filled_with("Words & <words>")],
    ids=["appg", "commons", "lords", "empty", "odd"],
)
def test_the_same_appendix_gives_the_same_bytes(name, appendix):
    again = Appendix.from_dict(appendix.to_dict())
    assert FORMATS[name].render(appendix) == FORMATS[name].render(again)


@pytest.mark.parametrize("name", ["html", "pdf", "csv"])
def test_quotes_are_printed_with_their_citations(name):
    data = FORMATS[name].render(sample())
    words = {"html": words_of_html, "pdf": words_of_pdf, "csv": lambda raw: squeezed(raw.decode("utf-8-sig"))}[name](
        data
    )
    for evidence in (DASEIN, BRADLEY_DORMAN, ROBINSON):
        assert squeezed(evidence.text) in words
        assert squeezed(evidence.citation) in words


LAYOUTS = pytest.mark.parametrize("appendix", [sample(), commons(), lords()], ids=["appg", "commons", "lords"])


@LAYOUTS
def test_word_says_what_the_page_says(words_of_docx, appendix):
    assert words_of_docx(docx.render(appendix)) == words_of_html(html.render(appendix))


def test_a_panel_is_one_entry_with_its_questions_in_every_format(words_of_docx):
    entry = (
        "Hannah Example, Managing Director, Example Science Ltd (fictional), Professor Bea Evans, University of "
        "Nowhere (fictional), and Dr Ann O’Neill, Resident"
    )
    for words in (
        words_of_html(html.render(commons())),
        words_of_pdf(pdf.render(commons())),
        words_of_docx(docx.render(commons())),
    ):
        assert squeezed("Wednesday 18 June 2014") + squeezed(entry) + "Q1-31" in words
        assert squeezed("November 2022 · Levelling up communities No witness is recorded.") in words
        assert squeezed("1 Dr Ann O’Neill (SMD0021) 2 Example Science") in words
    for words in (words_of_html(html.render(lords())), words_of_pdf(pdf.render(lords()))):
        assert "I:" + squeezed(entry) + "QQ1–31II:" in words
        assert squeezed("Hannah Example, Managing Director QQ 1–31, SMD0006 Hannah Example") in words
        assert squeezed("Managing Director, Example Science Ltd (fictional) QQ 1–31 Dr Ann O’Neill") in words


def test_where_no_question_is_numbered_there_is_no_column_for_them():
    unnumbered = sample(parts=(WitnessesPart(items=(Sitting("April 2022", panels=(PanelHeard((Witness("Ann"),)),)),)),))
    assert "Questions" not in words_of_html(html.render(unnumbered))
    assert "Questions" not in words_of_pdf(pdf.render(unnumbered))


@pytest.mark.parametrize("appendix", [empty(), filled_with(" ".join(MARKUP))], ids=["empty", "markup"])
def test_word_says_what_the_page_says_of_odd_ones(appendix, words_of_docx):
    assert words_of_docx(docx.render(appendix)) == words_of_html(html.render(appendix))


@pytest.mark.parametrize("name", ["html", "pdf", "docx"])
def test_empty_parts_have_a_sentence(name, words_of_docx):
    words = {"html": words_of_html, "pdf": words_of_pdf, "docx": words_of_docx}[name](FORMATS[name].render(empty()))
    for part in empty().parts:
        assert squeezed(part.empty) in words


@pytest.mark.parametrize("name", ["html", "pdf", "docx"])
def test_themes_and_addressees_without_anything_say_so(name, words_of_docx):
    words = {"html": words_of_html, "pdf": words_of_pdf, "docx": words_of_docx}[name](FORMATS[name].render(sample()))
    assert squeezed("No recommendation is made to this addressee.") in words
    assert squeezed("No evidence is linked to 1.2 yet.") in words
    assert words.count(squeezed("No evidence is linked to")) == 1


@pytest.mark.parametrize("name", ["html", "pdf"])
def test_a_whole_submission_is_a_citation_without_quotation_marks(name):
    words = {"html": words_of_html, "pdf": words_of_pdf}[name](FORMATS[name].render(sample()))
    assert "PowertoChange(2023)Thewholeofit." in words
    assert "“”" not in words


@pytest.mark.parametrize("name", FORMATS)
def test_what_was_left_out_is_not_printed(name):
    left = sample(left_out=(LeftOut("Evidence of Mx Hidden", "Confidential."),))
    assert FORMATS[name].render(left) == FORMATS[name].render(sample(left_out=()))


@pytest.fixture(scope="module")
def fields():
    """How often a plain text is said that stands in every field: on the page, and in print."""
    plain = filled_with("plain")
    return words_of_html(html.render(plain)).count("plain"), words_of_pdf(pdf.render(plain)).count("plain")


@pytest.mark.parametrize("text", MARKUP)
def test_text_is_printed_as_typed_on_the_page_and_in_print(text, fields):
    appendix = filled_with(text)
    page = html.render(appendix).decode()
    assert entities.escape(text) in page
    assert "<script" not in page
    on_page, in_print = fields
    assert min(fields) >= 40
    assert words_of_html(page.encode()).count(squeezed(text)) == on_page
    if not re.search("[֐-׿]", text):
        # A regular expression for PDF is as good as its reading order, which right-to-left words turn around.
        assert words_of_pdf(pdf.render(appendix)).count(squeezed(text)) == in_print


def test_words_from_right_to_left_are_all_there_and_each_paragraph_has_its_own_direction():
    appendix = filled_with("שלום עולם")
    said = words_of_pdf(pdf.render(appendix))
    assert said.count("ש") >= 20
    assert said.count("ל") == 2 * said.count("ש")
    page = html.render(appendix).decode()
    # What stands inside something that has a direction needs none, nor does what we put together.
    page = page.replace('dir="auto"><p>', 'dir="auto"><p dir="auto">')
    typed = re.findall(r"<(h[1-5]|p|li|th|td|figcaption)([^<>]*)>[^<>]*[א-ת]", page)
    assert len(typed) > 20
    assert {rest for _, rest in typed if 'dir="auto"' not in rest} == {' class="date"', ' class="questions"'}


LEFTWARDS = ("שלום עולם, 12 (abc).", "لدينا قاعة في شارعنا.", "“— עוד מילה")
RIGHTWARDS = ("Our street, שלום.", "Ελλάδα", "12", "")


def quoted(*lines):
    theme = Theme("1", "C", (Evidence("\n".join(lines), "A citation (2023)"),))
    return sample(parts=(ThemesPart(items=(ThemeGroup("A", "B", (theme,)),)),))


def test_the_first_letter_says_which_way_a_paragraph_runs():
    assert [runs_leftwards(text) for text in LEFTWARDS] == [True] * len(LEFTWARDS)
    assert [runs_leftwards(text) for text in RIGHTWARDS] == [False] * len(RIGHTWARDS)


def test_word_and_opendocument_are_told_which_paragraphs_run_from_right_to_left():
    lines = (*LEFTWARDS, *RIGHTWARDS)
    xml = part(docx.render(quoted(*lines)), "word/document.xml")
    told = re.findall(r"<w:p>(?:(?!</w:p>).)*<w:bidi />.*?</w:p>", xml)
    assert [re.sub(r"<[^>]*>", "", each).strip("“”") for each in told] == [each.strip("“”") for each in LEFTWARDS]
    assert all("<w:rtl />" in each for each in told)
    # Where it stands is not left to chance: Word refuses a document whose properties are in another order.
    assert not re.search(r"<w:(?:jc|spacing|ind)\b[^>]*/?><w:bidi />", xml)
    content = part(odt.render(quoted(*lines)), "content.xml")
    told = re.findall(r'<text:p text:style-name="QuotedWords_leftwards">(.*?)</text:p>', content)
    assert [each.strip("“”") for each in told] == [each.strip("“”") for each in LEFTWARDS]
    assert content.count('style:writing-mode="rl-tb"') == 1


def test_headings_and_cells_run_from_right_to_left_too():
    appendix = filled_with("שלום עולם")
    xml = part(docx.render(appendix), "word/document.xml")
    assert re.search(r'<w:pStyle w:val="Heading\d" />(?:<w:keepNext/>)?<w:bidi />', xml)
    assert re.search(r"<w:tc>(?:(?!</w:tc>).)*<w:bidi />", xml)
    content = part(odt.render(appendix), "content.xml")
    assert re.search(r'<text:h [^>]*text:style-name="Heading_20_\d_leftwards"', content)
    assert 'text:style-name="Table_20_Contents_leftwards"' in content


def lefts(data, word):
    """How far from the left each such word begins, in order."""
    with pypdfium2.PdfDocument(data) as document:
        text = [page.get_textpage() for page in document]
        found = []
        for page in text:
            search = page.search(word)
            while place := search.get_next():
                found.append(page.get_charbox(place[0])[0])
    return found


def test_in_print_a_paragraph_from_right_to_left_begins_at_the_right():
    (begins,) = lefts(pdf.render(quoted("first שלום")), "first")
    assert begins < 110
    (ends,) = lefts(pdf.render(quoted("שלום last")), "last")
    assert ends > 400


def test_nothing_is_told_where_all_runs_from_left_to_right():
    assert "bidi" not in part(docx.render(sample()), "word/document.xml")
    assert "writing-mode" not in part(odt.render(sample()), "content.xml")


def test_a_text_of_twenty_thousand_characters_is_printed_whole(words_of, words_of_docx):
    theme = Theme("1", "C", (Evidence("wording " * 2500, "A citation"),))
    long = sample(parts=(ThemesPart(items=(ThemeGroup("A", "B", (theme,)),)),))
    for words in (
        words_of_html(html.render(long)),
        words_of_pdf(pdf.render(long)),
        words_of_docx(docx.render(long)),
        words_of(odt.render(long), "odt"),
    ):
        assert words.count("wording") == 2500


def test_letters_that_no_font_has_are_named():
    words = words_of_pdf(pdf.render(filled_with("smile \U0001f642 end")))
    assert "[slightlysmilingface]" in words or "\U0001f642" in words
    assert words.count("end") >= 20


def test_other_scripts_and_joined_emoji_do_not_fail():
    text = "日本語 ไทย 한국어 हिन्दी مرحبا 👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 e\u0301 ﷽"
    assert pdf.render(filled_with(text)) == pdf.render(filled_with(text))


def test_written_evidence_without_dates_has_no_column_for_them():
    undated = sample(parts=(WrittenPart(items=(WrittenEvidence("LUI0001", "Power to Change (2023)"),)),))
    assert "Date" not in words_of_html(html.render(undated))
    assert "Date" not in words_of_pdf(pdf.render(undated))
    assert "Date" in words_of_pdf(pdf.render(sample(parts=sample().parts[2:3])))


# --- PDF/UA ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def printed():
    with pikepdf.open(io.BytesIO(pdf.render(sample()))) as document:
        yield document


def tags(node, found=None):
    """The names of all tags below a node, in reading order."""
    found = [] if found is None else found
    if isinstance(node, pikepdf.Array):
        for child in node:
            tags(child, found)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            found.append(str(node.S))
        if "/K" in node:
            tags(node.K, found)
    return found


def test_pdf_declares_what_readers_need(printed):
    assert printed.Root.MarkInfo.Marked
    assert str(printed.Root.Lang).lower() == "en-gb"
    assert printed.Root.ViewerPreferences.DisplayDocTitle
    assert "/Outlines" in printed.Root
    with printed.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert meta["dc:title"] == "Appendix: the evidence"
        assert "neighbourhoods" in str(meta["dc:creator"])
        assert str(meta["xmp:CreateDate"]).startswith("2026-11-24")


def test_pdf_is_tagged_with_headings_quotes_tables_and_links(printed):
    found = tags(printed.Root.StructTreeRoot.K)
    assert found.count("/H1") == 1
    assert [tag for tag in found if re.fullmatch(r"/H\d", tag)][:3] == ["/H1", "/H2", "/H3"]
    assert found.count("/BlockQuote") == 9
    assert found.count("/Table") == 2
    assert found.count("/TH") == 3 + 5
    assert "/TOC" in found
    assert "/Link" in found
    assert found.count("/L") >= 1


def test_pdf_headings_skip_no_level(printed):
    levels = [int(tag[2]) for tag in tags(printed.Root.StructTreeRoot.K) if re.fullmatch(r"/H\d", tag)]
    assert all(below - above <= 1 for above, below in pairwise(levels))


@pytest.mark.parametrize(("appendix", "heads"), [(commons(), 2 + 3 + 2 + 5), (lords(), 2 + 3 + 2 + 5)])
def test_pdf_of_either_house_has_headers_in_its_tables(appendix, heads):
    """The columns', and of each sitting its date; and no heading skips a level."""
    with pikepdf.open(io.BytesIO(pdf.render(appendix))) as document:
        found = tags(document.Root.StructTreeRoot.K)
        assert document.Root.MarkInfo.Marked
    assert (found.count("/Table"), found.count("/TH")) == (3, heads)
    levels = [int(tag[2]) for tag in found if re.fullmatch(r"/H\d", tag)]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_pdf_fonts_are_embedded(printed):
    for page in printed.pages:
        for font in page.Resources.Font.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile3" in descriptor or "/FontFile2" in descriptor


def test_only_web_addresses_become_links():
    reference = "javascript:alert(1)"
    assert b'<a href="javascript' not in html.render(filled_with(reference))
    assert b'javascript:alert(1)"' not in html.render(filled_with(reference))
    with pikepdf.open(io.BytesIO(pdf.render(filled_with(reference)))) as document:
        for page in document.pages:
            assert not [one for one in page.get("/Annots", []) if "/A" in one and "/URI" in one.A]


# --- Word -----------------------------------------------------------------------------------------------------------


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def test_word_has_title_language_page_and_styles():
    data = docx.render(sample())
    assert "<dc:title>Appendix: the evidence</dc:title>" in part(data, "docProps/core.xml")
    assert "2026-11-24T00:00:00Z" in part(data, "docProps/core.xml")
    styles = part(data, "word/styles.xml")
    assert 'w:val="en-GB"' in styles
    assert "FFCF4D" in re.search(r'w:styleId="BlockText".*?</w:style>', styles, re.DOTALL)[0]
    assert "1D4E89" in re.search(r'w:styleId="Heading1".*?</w:style>', styles, re.DOTALL)[0]
    body = part(data, "word/document.xml")
    assert 'w:w="11906"' in body
    assert body.count("<w:tblHeader") == 3
    styled = {name: body.count(f'w:val="{name}') for name in ("Title", "Heading1", "BlockText", "QuotationSource")}
    assert styled == {"Title": 1, "Heading1": 5, "BlockText": 9, "QuotationSource": 10}
    assert body.count('w:val="QuotationSourceNext"') == 5


def test_word_has_contents_that_it_can_make_anew():
    body = part(docx.render(sample()), "word/document.xml")
    field = body[body.index('w:fldCharType="begin"') : body.index('w:fldCharType="end"')]
    assert 'TOC \\o "1-2"' in field
    targets = re.findall(r'<w:hyperlink w:anchor="([^"]+)"', field)
    assert len(targets) == len(sample().contents)
    for target in targets:
        assert f'w:name="{target}"' in body


def test_tables_in_word_are_as_wide_as_the_text():
    undated = sample(parts=(WrittenPart(items=(WrittenEvidence("LUI0001", "Power to Change (2023)"),)),))
    grids = re.findall(r"<w:tblGrid>.*?</w:tblGrid>", part(docx.render(undated), "word/document.xml"))
    grids += re.findall(r"<w:tblGrid>.*?</w:tblGrid>", part(docx.render(sample()), "word/document.xml"))
    for grid in grids:
        assert 8500 <= sum(map(int, re.findall(r'w:w="(\d+)"', grid))) <= 11906 - 2 * 1701


def test_word_keeps_no_trace_of_the_clock():
    with zipfile.ZipFile(io.BytesIO(docx.render(sample()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# --- the page -------------------------------------------------------------------------------------------------------


def keeping(table: str) -> list[bool]:
    """Of each row of a Word table, whether it stays with the next."""
    return ["<w:keepNext/>" in row for row in re.findall(r"<w:tr>.*?</w:tr>", table)]


def test_no_heading_of_a_table_is_left_alone_on_a_page_and_few_rows_stay_together():
    with zipfile.ZipFile(io.BytesIO(docx.render(commons()))) as archive:
        tables = re.findall(r"<w:tbl>.*?</w:tbl>", archive.read("word/document.xml").decode())
    # Heading; a date, two panels; a month, nobody; a date, in private.
    assert keeping(tables[0]) == [True, True, False, False, True, False, True, False]
    assert keeping(tables[1]) == [True, True, False]
    assert all(table.count("<w:tr>") == table.count("<w:trPr>") for table in tables)


def test_the_page_is_semantic():
    page = html.render(sample()).decode()
    assert '<html lang="en-GB">' in page
    assert page.count("<h1") == 1
    assert page.count("<figure") == page.count("<figcaption") == 10
    assert page.count("<blockquote") == 9
    assert page.count('scope="col"') == 3 + 3 + 5
    assert page.count('scope="row"') == 4 + 3 + 3
    assert "style=" not in page


def test_the_preview_is_the_page_without_its_title():
    assert str(html.body(sample())) in html.render(sample()).decode()
    assert "<h1" not in html.body(sample())


def test_links_in_the_page_lead_somewhere():
    page = html.render(sample()).decode()
    for target in re.findall(r'href="#([^"]+)"', page):
        assert page.count(f'id="{target}"') == 1


# --- the table ------------------------------------------------------------------------------------------------------


def test_rows_of_the_table():
    rows = rows_of(sample())
    assert list(rows[0]) == list(csv.COLUMNS)
    dasein = [row for row in rows if row["text"] == DASEIN.text]
    assert [(row["number"], row["stance"]) for row in dasein] == [("9", ""), ("2.5", "supports")]
    assert dasein[0]["citation"] == DASEIN.citation
    assert [row["heading"] for row in rows if row["number"] == "LUI0017"] == ["Anonymous"]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "\t=1", "\n=1", "＝1"])
def test_no_cell_begins_as_a_formula(start):
    for row in rows_of(filled_with(start)):
        assert not any(value.startswith(FORMULA) for value in row.values())
    assert cell(start) == f"'{start}"
    assert cell("a = b") == "a = b"


def test_the_date_is_the_appendixs_and_never_the_clocks():
    early = sample(made_on=date(2022, 4, 1))
    assert pdf.render(early) != pdf.render(sample())
    assert "1April2022" in words_of_pdf(pdf.render(early))
