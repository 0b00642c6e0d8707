"""Reading web pages: what is visible, how lines run, and what is furniture."""

import pytest

from bot.reports.files import decode_source
from bot.reports.files import html as html_room
from bot.reports.model import ReportError, Source

PROSE = "全年粮食总产量达到12.5万吨，比上年增长3.2%；全市农村居民收入稳步提高，各县区农业生产形势总体稳定。"


def page(body: str, head: str = "", encoding: str = "utf-8") -> Source:
    return decode_source(f"<html><head>{head}</head><body>{body}</body></html>".encode(encoding), "公报.html")


def furniture(source: Source) -> list[str]:
    return [source.text[start:end] for start, end in source.furniture]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>地区生产总值<span>262</span><b>.6</b>亿元，增长明显。</p>", "地区生产总值262.6亿元，增长明显。"),
        ("<p>全市养老床位\r\n    达到3万张。</p>", "全市养老床位达到3万张。"),
        ("<p>全市引进 <i>GDP</i>\n <i>5G</i> 基站一百座。</p>", "全市引进 GDP 5G 基站一百座。"),
        ("<p>全市引进  \t基站&nbsp;一百座。</p>", "全市引进 基站\xa0一百座。"),
        ("<p>　　增加值&lt;五亿元&amp;以上。</p>", "　　增加值<五亿元&以上。"),
        ("<p>第一产业增加值。<p>第二产业增加值。", "第一产业增加值。\n第二产业增加值。"),
        ("<div>第一产业增加值。<br><br>第二产业</div>", "第一产业增加值。\n第二产业"),
        ("<p>全市养老床位<o:p></o:p>达到3万张。</p>", "全市养老床位达到3万张。"),
        (
            "<script>var a='三'</script><style>p{}</style><p>全市养老床位达到3万张。</p><!-- 注 -->",
            "全市养老床位达到3万张。",
        ),
        ("<p>全市养老床位<span style='DISPLAY : none'>共计</span>达到3万张。</p>", "全市养老床位达到3万张。"),
        ("<p hidden>内部</p><select><option>县区</select><p>全市养老床位达到3万张。</p>", "全市养老床位达到3万张。"),
        ("<pre>全市养老床位\n  达到3万张。</pre>", "全市养老床位\n  达到3万张。"),
    ],
)
def test_the_text_is_what_a_reader_sees(markup: str, text: str) -> None:
    assert page(markup).text.rstrip("\n") == text


def test_a_table_row_is_a_line_with_cells_parted_by_tabs() -> None:
    source = page(
        f"<p>{PROSE}</p><table><thead><tr><th>指标<th>单位<th><p>2023</p><p>年</p><tbody>"
        "<tr><td><p>养老床位</p></td><td>张</td><td>3.7<br>万</td></tr><tr><td>停车泊位<td><td>1200</table><p>注释</p>"
    )
    assert source.text.splitlines()[1:] == ["指标\t单位\t2023年", "养老床位\t张\t3.7万", "停车泊位\t\t1200", "注释"]


def test_a_page_laid_out_by_tables_keeps_the_lines_of_its_article() -> None:
    source = page(
        f"<table><tr><td><a href=x>统计</a></td><td><p>一、综合</p><p>{PROSE}</p><p>{PROSE}</p>"
        "<table><tr><td>床位</td><td>3</td></tr></table></td></tr></table>"
    )
    assert source.text.splitlines() == ["统计", "一、综合", PROSE, PROSE, "床位\t3"]


def test_menus_breadcrumbs_footers_and_dialogs_are_furniture_and_the_report_is_not() -> None:
    source = page(
        "<div class='top'><h1>云泽市统计局</h1><a href=1>首页</a></div><nav>要闻 专题</nav>"
        "<div class=crumb>您的位置：<a href=1>首页</a> &gt; <a href=2>公报</a></div>"
        f"<div><h1>云泽市2024年统计公报</h1><p>访问量：1632</p><div id=zoom><h2>一、综合</h2><p>{PROSE * 9}</p>"
        "<ul><li><a href=3>图文解读：公报</a></li></ul><h2>二、农业</h2></div></div>"
        "<div>主办：云泽市政府 备案号：云ICP备12345678号</div><div class='alert-box'>您将离开本站，是否继续？</div>",
        head="<title>云泽市2024年统计公报 | 云泽市统计局</title>",
    )
    assert furniture(source) == [
        "云泽市统计局\n首页\n要闻 专题\n您的位置：首页 > 公报",
        "访问量：1632",
        "图文解读：公报",
        "主办：云泽市政府 备案号：云ICP备12345678号\n您将离开本站，是否继续？",
    ]


def test_a_name_alone_does_not_make_the_article_furniture() -> None:
    source = page(f"<div class='nav-content footer'><p>一、综合</p><p>{PROSE}</p><p>{PROSE}</p></div>")
    assert furniture(source) == []


def test_meta_comes_from_meta_tags_the_title_and_the_saved_from_comment() -> None:
    head = (
        "<!-- saved from url=(0024)http://www.example.org/1.html -->"
        "<title>云泽市2024年统计公报_云泽市政府</title><meta name=PubDate content='2025-03-01 10:00'>"
        "<meta name=ContentSource content=云泽市统计局><meta name=viewport content=x><meta name=Author content=''>"
    )
    assert dict(page(f"<p>{PROSE}</p>", head).meta) == {
        "title": "云泽市2024年统计公报",
        "date": "2025-03-01 10:00",
        "source": "云泽市统计局",
        "url": "http://www.example.org/1.html",
    }


def test_a_page_in_gb18030_with_an_xml_prolog_is_read() -> None:
    markup = f"<?xml version='1.0' encoding='gb2312'?><html><p>{PROSE}</p></html>"
    assert decode_source(markup.encode("gb18030"), "a.htm").text.strip() == PROSE


def test_an_article_that_only_a_script_would_show_is_read_with_a_warning() -> None:
    source = page(f"<div style='display:none'><p>{PROSE}</p></div>")
    assert source.text.strip() == PROSE
    assert "隐藏" in source.warnings[0]


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("<div>" * 100_000 + PROSE, "嵌套超过 2000 层"),
        ("<p>a" * 3_001, "超过 3000 个标签"),
        ("<" * 9_001, "上限 9000 字"),
        ("<script>render()</script><div id=app></div>", "没有文字"),
    ],
)
def test_pages_without_a_report_are_refused(monkeypatch: pytest.MonkeyPatch, markup: str, seen: str) -> None:
    monkeypatch.setattr(html_room, "MAX_TAGS", 3_000)
    monkeypatch.setattr(html_room, "MAX_CHARS", 9_000)
    with pytest.raises(ReportError, match=seen):
        page(markup)


def test_merged_cells_keep_the_columns_of_a_table_apart() -> None:
    source = page(
        f"<p>{PROSE}</p><table><tr><td rowspan=2>县区</td><td colspan=2>收入</td><td>人口</td></tr>"
        "<tr><td>总量</td><td>增速</td><td>年末</td></tr><tr><td>甲</td><td>1</td><td>2</td><td>3</td></tr></table>"
    )
    assert source.text.splitlines()[1:] == ["县区\t收入\t\t人口", "\t总量\t增速\t年末", "甲\t1\t2\t3"]


def test_a_cell_that_claims_a_thousand_columns_takes_no_more_than_a_table_has() -> None:
    source = page(f"<p>{PROSE}</p><table><tr><td colspan=9999>收入</td><td>人口</td></tr></table>")
    assert source.text.count("\t") == html_room.MOST_SPANNED
