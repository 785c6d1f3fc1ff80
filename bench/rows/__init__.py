"""What is measured, a file each. A new one is named here."""

from bench.measuring import Row
from bench.rows import appendix, bulk_passages, lists, reader, search, throughput, transcript_pdf, voices, writing

ROWS: dict[str, Row] = {
    row.ROW.name: row.ROW
    for row in (transcript_pdf, bulk_passages, lists, search, voices, reader, writing, throughput, appendix)
}
