"""E-mails as passages and files."""

import pytest

from evidence.documents.reading import Kind, Unreadable, kinds, mail
from evidence.documents.reading.identifying import identify
from evidence.documents.reading.runner import read
from tests.documents.making import a_mail, word


def raw(*lines, encoding="utf-8"):
    """A message from its bare lines, for what no mail program would write."""
    head = ["From: a@example.org", "Message-ID: <1@example.org>", "MIME-Version: 1.0"]
    return "\r\n".join([*head, *lines]).encode(encoding)


def reading(data):
    assert identify(data) is Kind.EML
    return read(data, Kind.EML)


def lines(data):
    return [passage.text for passage in reading(data).passages]


def test_what_a_message_says_stands_under_its_subject_and_addresses_stay_out():
    found = reading(a_mail("Dear all,\n\n1. Our hall is locked.\n\n2. Nobody has the key.\n"))
    assert [(p.kind, p.number, p.text) for p in found.passages] == [
        ("heading", "", "Our evidence"),
        ("paragraph", "", "Dear all,"),
        ("paragraph", "1", "Our hall is locked."),
        ("paragraph", "2", "Nobody has the key."),
    ]
    assert "example.org" not in repr(found)


def test_attachments_come_out_byte_for_byte_without_the_folders_they_pretend_to():
    files = [("../../etc/passwd", b"Words.\r\n"), ("C:\\temp\\letter.docx", word("Hello")), ("x" * 400, b"\x00\x01")]
    found = reading(a_mail("See attached.", files=files)).attached
    assert [each.name for each in found] == ["passwd", "letter.docx", "x" * 200]
    assert [each.data for each in found] == [data for _, data in files]


def test_a_message_that_only_carries_says_so():
    found = reading(a_mail(" \n", files=[("letter.txt", b"Words.")]))
    assert (found.passages, [each.name for each in found.attached]) == ((), ["letter.txt"])
    assert mail.ONLY_ATTACHMENTS in found.notes


def test_a_message_that_says_and_carries_nothing_is_empty():
    with pytest.raises(Unreadable) as refused:
        reading(a_mail("\n"))
    assert refused.value.sentence == kinds.EMPTY


def test_the_richest_form_that_says_anything_is_read_once():
    html = "<h2>Our street</h2><table><tr><td>2021</td><td>5</td></tr></table><script>alert(1)</script>"
    found = reading(a_mail("Our street\n2021 5", html=html))
    assert [(p.kind, p.text) for p in found.passages] == [
        ("heading", "Our evidence"),
        ("heading", "Our street"),
        ("row", "2021 | 5"),
    ]
    assert lines(a_mail("Only in plain.", html="<img src='https://example.org/seen.gif'>"))[1:] == ["Only in plain."]


def test_pictures_are_counted_and_signatures_are_passed_over():
    data = raw(
        *('Content-Type: multipart/mixed; boundary="b"', "", "--b", "", "Words.", "--b"),
        *("Content-Type: image/png", "Content-Transfer-Encoding: base64", "", "iVBORw0KGgo=", "--b"),
        *('Content-Type: application/pgp-signature; name="s.asc"', "", "-----BEGIN", "--b--"),
    )
    found = reading(data)
    assert (found.attached, mail.PICTURES in found.notes) == ((), True)


def test_messages_within_the_message_are_read_with_it():
    inner = raw("Subject: The first one", "", "Inner words.").decode()
    data = raw(
        *("Subject: Forwarded", 'Content-Type: multipart/mixed; boundary="b"', "", "--b", "", "Outer words.", "--b"),
        *("Content-Type: message/rfc822", "", inner, "--b--"),
    )
    assert lines(data) == ["Forwarded", "Outer words.", "The first one", "Inner words."]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("iso-8859-15", "iso-8859-15"),
        ("us-ascii", "utf-8"),
        ("x-unknown-9", "cp1252"),
        ("utf-8", "cp1252"),
        ("hex", "utf-8"),
        ('"', "utf-8"),
    ],
)
def test_odd_charsets(charset, encoding):
    head = raw(f"Content-Type: text/plain; charset={charset}", "Content-Transfer-Encoding: 8bit", "", "")
    assert lines(head + "The café is shut.".encode(encoding)) == ["The café is shut."]


def test_lines_that_a_mail_program_broke_are_put_together():
    text = "A sentence that the \r\nprogram broke in \r\ntwo places.\r\n\r\n-- \r\nJane\r\n"
    said = lines(raw("Content-Type: text/plain; format=flowed", "", text))
    assert said[0] == "A sentence that the program broke in two places."


@pytest.mark.parametrize(
    "kind",
    ["multipart/mixed", 'multipart/mixed; boundary="never"', 'multipart/alternative; boundary=""', "multipart/", "odd"],
)
def test_missing_and_false_boundaries_lose_no_words(kind):
    assert "These words stand." in " ".join(lines(raw(f"Content-Type: {kind}", "", "These words stand.", "")))


def test_a_message_cut_short_keeps_what_it_has():
    data = a_mail("Words that came.", files=[("letter.txt", b"Words. " * 400)])
    found = reading(data[: len(data) // 2])
    assert "Words that came." in [passage.text for passage in found.passages]


def test_nests_without_end_are_refused():
    parts = [f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(3000)]
    data = raw("".join(parts) + "\r\nWords.")
    with pytest.raises(Unreadable) as refused:
        reading(data)
    assert refused.value.sentence == kinds.BROKEN_MAIL
    forwarded = raw("".join(["Content-Type: message/rfc822\r\n\r\n"] * 200) + "Words.")
    with pytest.raises(Unreadable):
        reading(forwarded)


def test_more_files_than_anybody_sends_are_told():
    found = reading(a_mail("Words.", files=[(f"{n}.txt", b"x%d" % n) for n in range(mail.MOST_ATTACHED + 5)]))
    assert len(found.attached) == mail.MOST_ATTACHED
    assert mail.TOO_MANY in found.notes


def test_headers_that_break_their_own_rules_stop_nothing():
    data = raw(
        *("Subject: =?utf-8?q?caf=C3", "Content-Disposition: attachment; filename*=utf-8''%FF%00..%2F..%2Fx; filename"),
        *("Content-Type: text/plain; charset=; name", "Content-Transfer-Encoding: base64", "", "V29yZHM", ""),
    )
    assert reading(data).attached[0].data == b"Words"
