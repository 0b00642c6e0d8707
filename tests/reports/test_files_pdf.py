"""Reading PDF: the text layer, its paragraphs, and what stands at the edges of its pages."""

import io
from collections.abc import Sequence

import pytest
from pypdf import PdfReader, PdfWriter

from bot.reports.files import decode_source, limits
from bot.reports.files import pdf as pdf_room
from bot.reports.model import ReportError

FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /UniGB-UTF16-H /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song /DW 1000"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
)


def drawing(lines: Sequence[str]) -> bytes:
    shown = b"".join(b"<%s> Tj T* " % line.encode("utf-16-be").hex().encode() for line in lines)
    return b"BT /F1 10 Tf 20 TL 50 800 Td " + shown + b"ET"


def pdf(*pages: Sequence[str] | bytes) -> bytes:
    """A PDF file written by hand: each page is its lines, or its drawing commands."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *FONT]
    kids = []
    for page in pages:
        content = page if isinstance(page, bytes) else drawing(page)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        box = b"/MediaBox [0 0 600 850] /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(b"<< /Type /Page /Parent 2 0 R %s /Contents %d 0 R >>" % (box, len(objects)))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, b"".join(places))
    return out + table + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))


def locked(password: str, owner: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(PAGE))))
    writer.encrypt(password, owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


PAGE = (
    "云泽市政府工作报告",
    "一、2024年工作回顾",
    "全市养老床位达到3.7万张，比上年增加2000张，每千名老年人",
    "拥有床位42张，增长5.3%。",
    "新增停车泊位1200个，公共充电桩800个，群众出行更加便利了",
    "（二）教育事业稳步发展。新改扩建学校12所，新增学位八千个",
)


def test_lines_broken_by_the_margin_are_joined_and_headings_stay_lines() -> None:
    assert decode_source(pdf(PAGE), "报告.pdf").text.split("\n") == [
        "云泽市政府工作报告",
        "一、2024年工作回顾",
        "全市养老床位达到3.7万张，比上年增加2000张，每千名老年人拥有床位42张，增长5.3%。",
        "新增停车泊位1200个，公共充电桩800个，群众出行更加便利了",
        "（二）教育事业稳步发展。新改扩建学校12所，新增学位八千个",
    ]


def test_page_numbers_and_running_heads_stand_behind_the_body_as_furniture() -> None:
    pages = [
        ("云泽市政府公报 2024", f"第{n}部分的主要工作是改善民生，全市养老床位", "达到3万张。", f"— {n} —")
        for n in "123"
    ]
    source = decode_source(pdf(*pages), "a.pdf")
    (span,) = source.furniture
    assert source.text[slice(*span)].split("\n") == [x for n in "123" for x in ("云泽市政府公报 2024", f"— {n} —")]
    assert source.text[: span[0]].count("全市养老床位达到3万张。") == 3


def test_a_sentence_runs_on_over_the_page_break() -> None:
    text = decode_source(pdf((PAGE[2], "— 1 —"), (PAGE[3], "— 2 —")), "a.pdf").text
    assert text.startswith(PAGE[2] + PAGE[3] + "\n")


def test_a_page_too_large_is_left_out_with_a_warning() -> None:
    source = decode_source(pdf(PAGE, b"q " * limits.MAX_PAGE_BYTES), "a.pdf")
    assert source.text.startswith("云泽市")
    assert source.warnings == ("第 2 页读不出来，已略过",)


def test_a_file_that_only_forbids_printing_is_read() -> None:
    assert decode_source(locked("", "主人"), "a.pdf").text.startswith("云泽市")


@pytest.mark.parametrize(
    ("data", "seen"),
    [
        (pdf(b"", b""), "共 2 页，没有文字层"),
        (locked("密码", "主人"), "密码"),
        (pdf(PAGE)[:300], "已损坏|没有文字层"),
        (b"hello", "别的格式"),
        (pdf(*[b""] * 501), "501 页"),
        (pdf(["Beds: 37,000."]), "没有一句中文"),
    ],
    ids=["scan", "encrypted", "cut off", "no PDF", "pages", "English"],
)
def test_what_has_no_text_to_read_is_refused(data: bytes, seen: str) -> None:
    with pytest.raises(ReportError, match=seen):
        decode_source(data, "报告.pdf")


def test_a_file_that_takes_too_long_is_refused_where_it_got_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_room, "PDF_SECONDS", -1.0)
    with pytest.raises(ReportError, match="第 1 页"):
        decode_source(pdf(PAGE), "a.pdf")
