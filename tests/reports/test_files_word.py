"""Reading Word files: what the body says, in reading order, and zips that are traps."""

import io
import tracemalloc
import zipfile
import zlib

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from bot.reports.files import decode_source
from bot.reports.model import ReportError

SENTENCE = "全市养老床位达到3.7万张，增长5.3%。"
BODY = f"<w:document {nsdecls('w')}><w:body>%s</w:body></w:document>"


def packed(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(
    body: str | None = None, extra: dict[str, bytes] | None = None, method: int = zipfile.ZIP_DEFLATED, times: int = 1
) -> bytes:
    """A Word file with another document.xml, or with more entries."""
    out = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    with zipfile.ZipFile(io.BytesIO(packed(document))) as old, zipfile.ZipFile(out, "w", method) as new:
        for entry in old.infolist():
            replaced = body is not None and entry.filename == "word/document.xml"
            new.writestr(entry.filename, body or "" if replaced else old.read(entry))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def test_paragraphs_and_tables_come_in_reading_order() -> None:
    document = docx.Document()
    document.add_heading("一、2024年工作回顾", 1)
    document.add_paragraph(SENTENCE)
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("指标", "张\n数", "床位", "3"), strict=True):
        cell.text = text
    document.add_paragraph("第一行\n第二行\t后")
    document.core_properties.title = "一、2024年工作回顾"
    source = decode_source(packed(document), "报告.docx")
    assert source.text == f"一、2024年工作回顾\n{SENTENCE}\n指标\t张数\n床位\t3\n第一行\n第二行\t后"
    assert (source.meta["title"], source.warnings) == ("一、2024年工作回顾", ())


def test_text_in_smart_tags_links_insertions_and_controls_is_read_and_deleted_text_is_not() -> None:
    run = "<w:r>%s<w:t xml:space='preserve'>%s</w:t></w:r>"
    inside = (
        run % ("", "全市")
        + f"<w:smartTag w:element='x'>{run % ('', '2024年')}</w:smartTag>"
        + f"<w:hyperlink>{run % ('', '养老床位')}</w:hyperlink><w:ins>{run % ('', '达到')}</w:ins>"
        + "<w:del><w:r><w:delText>四</w:delText></w:r></w:del>"
        + f"<w:sdt><w:sdtContent>{run % ('', '3.7')}</w:sdtContent></w:sdt>"
        + run % ("<w:rPr><w:vanish/></w:rPr>", "隐藏")
        + run % ("", "万张。")
    )
    body = f"<w:sdt><w:sdtContent><w:p>{inside}</w:p></w:sdtContent></w:sdt>"
    assert decode_source(repacked(BODY % body), "a.docx").text == "全市2024年养老床位达到3.7万张。"


def test_a_text_box_follows_its_paragraph() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph(SENTENCE)
    inside = "<w:txbxContent><w:p><w:r><w:t>框中文字</w:t></w:r></w:p></w:txbxContent>"
    box = f"<w:r {nsdecls('w')}><w:pict>{inside}</w:pict></w:r>"
    paragraph._p.append(parse_xml(box))
    assert decode_source(packed(document), "a.docx").text == f"{SENTENCE}\n框中文字"


def test_a_box_drawn_as_a_table_keeps_its_paragraphs() -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.text = SENTENCE * 5
    cell.add_paragraph(SENTENCE)
    assert decode_source(packed(document), "a.docx").text == f"{SENTENCE * 5}\n{SENTENCE}"


def test_numbers_that_word_generates_are_missed_aloud() -> None:
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    document.add_paragraph("新增停车泊位", style="List Number")
    assert "1 段用了自动编号" in decode_source(packed(document), "a.docx").warnings[0]


def test_a_title_left_over_from_a_template_is_no_meta() -> None:
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    document.core_properties.title = "PowerPoint 演示文稿"
    assert decode_source(packed(document), "a.docx").meta == {}


def lying(data: bytes) -> bytes:
    """The zip's directory says that document.xml has eight bytes; the checksum is theirs, too."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        head = package.read("word/document.xml")[:8]
    at = data.rindex(b"word/document.xml") - 46  # its place in the directory
    assert data[at : at + 4] == b"PK\x01\x02"
    checksum = zlib.crc32(head).to_bytes(4, "little")
    return data[: at + 16] + checksum + data[at + 20 : at + 24] + (8).to_bytes(4, "little") + data[at + 28 :]


def test_no_more_is_unpacked_than_the_directory_declares() -> None:
    trap = lying(repacked(BODY % (" " * 25_000_000)))
    tracemalloc.start()
    try:
        with pytest.raises(ReportError, match="已损坏"):
            decode_source(trap, "报告.docx")
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_pictures_are_not_unpacked() -> None:
    document = docx.Document()
    document.add_paragraph(SENTENCE)
    picture = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0" + bytes(4)
    document.add_picture(io.BytesIO(picture + b"\0\0\0\0IEND" + bytes(4)))
    assert decode_source(packed(document), "a.docx").text.strip() == SENTENCE


ENTITIES = "<!DOCTYPE a [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]>"
REFUSED = {
    "zip bomb": (repacked(extra={"word/media/a.bin": bytes(100_500_000)}), "超过上限 100 MB"),
    "xml bomb": (repacked(BODY % (" " * 30_000_000)), "超过上限 30 MB"),
    "tags": (repacked(BODY % ("<w:p/>" * 900_001)), "超过 900000 个标签"),
    "entities": (repacked(ENTITIES + BODY % "<w:p/>"), "实体声明"),
    "entities in UTF-16": (repacked(extra={"word/x.xml": ENTITIES.encode("utf-16")}), "实体声明"),
    "entries": (repacked(extra={f"f{n}": b"" for n in range(2000)}), "超过 2000 个文件"),
    "method": (repacked(method=zipfile.ZIP_LZMA), "压缩方法"),
    "depth": (repacked(BODY % ("<w:p>" * 999 + "</w:p>" * 999)), "已损坏"),
    "malformed": (repacked("<w:document"), "已损坏"),
    "cut off": (repacked()[:9999], "已损坏"),
    "no text": (repacked(BODY % "<w:p/>"), "没有文字"),
    "another zip": (b"PK\x05\x06" + bytes(18), "不是 Word 文件"),
    "old Word": (b"\xd0\xcf\x11\xe0" + bytes(99), "旧版或加密"),
}


@pytest.mark.parametrize("trap", REFUSED)
def test_what_is_no_sound_word_file_is_refused(trap: str) -> None:
    data, seen = REFUSED[trap]
    with pytest.raises(ReportError, match=f"^报告.docx：.*{seen}"):
        decode_source(data, "报告.docx")
