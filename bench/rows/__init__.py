"""What is measured, a file each. A new one is named here."""

from bench.measuring import Row
from bench.rows import appendix, bulk_passages, transcript_pdf

ROWS: dict[str, Row] = {row.name: row for row in (transcript_pdf.ROW, bulk_passages.ROW, appendix.ROW)}
