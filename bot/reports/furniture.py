"""Page furniture: which lines of a page are no part of the report, and the facts that stand in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.reports.model import Fact
from bot.reports.paragraphs import BLANK, Paragraph

# Names of facts and the labels that publishers write before a colon: newspapers' sites, and the headers of
# 政府信息公开目录 (国办发〔2008〕36号 names 索引号、发布机构、生成日期 …). Blanks inside a label do not count.
LABELS: dict[str, tuple[str, ...]] = {
    "来源": ("来源", "信息来源", "文章来源", "稿件来源", "消息来源", "稿源"),
    "作者": ("作者", "撰稿"),
    "记者": ("记者",),
    "责任编辑": ("责任编辑", "责编", "编辑", "网络编辑"),
    "审核": ("审核", "终审", "校对"),
    "发表时间": ("发表时间", "发布时间", "发布日期", "时间", "日期", "发表日期", "更新时间", "更新日期", "公开日期"),
    "生成日期": ("生成日期", "成文日期", "成文时间"),
    "浏览": ("浏览", "浏览次数", "浏览量", "访问量", "阅读", "阅读量", "阅读次数", "点击", "点击数", "点击量"),
    "索引号": ("索引号", "信息索引", "索引"),
    "文号": ("文号", "发文字号"),
    "公开方式": ("公开方式",),
    "公开时限": ("公开时限",),
    "公开范围": ("公开范围",),
    "责任部门": ("责任部门", "发布机构", "发文机关", "发布单位", "公开责任部门", "信息来源单位"),
    "主题分类": ("主题分类", "信息分类"),
    "主办": ("主办", "主办单位"),
    "主管": ("主管", "主管单位"),
    "版权所有": ("版权所有",),
    "承办": ("承办", "承办单位"),
    "新闻刊登批准文号": ("新闻刊登批准文号", "批准文号"),
    "互联网信息服务许可证": ("互联网信息服务许可证", "互联网新闻信息服务许可证", "许可证编号", "许可证"),
    "网站备案号": ("网站备案号", "备案号", "备案序号", "ICP备案号"),
    "网站标识码": ("网站标识码", "政府网站标识码"),
    "电话": ("电话", "联系电话", "举报电话", "值班电话"),
    "网址": ("网址", "原文链接", "链接"),
}

# What is recognized without a label, by its own form; group 1 is the value.
FORMS: tuple[tuple[str, str], ...] = (
    ("网站备案号", r"([\u4e00-\u9fff]ICP[备证]\s?\d+号?(?:-\d+)?)"),
    ("公网安备号", r"([\u4e00-\u9fff]公网安备\s*\d+号?)"),
    ("版权年份", r"(?:Copyright|©|版权所有)[\s©(（cC)）]*((?:19|20)\d\d(?:\s?[-—–~至]\s?(?:19|20)\d\d)?)"),
    ("网站", r"(?<![/.\w-])((?:[a-z0-9-]+\.)+(?:cn|com|net|org)(?:\.cn)?)\b"),
    ("主管", r"(?:^|[|｜\s])([\u4e00-\u9fff]{4,20})主管"),
    ("主办", r"(?:^|[|｜\s])([\u4e00-\u9fff]{4,20})主办"),
    ("承办", r"(?:^|[|｜\s])([\u4e00-\u9fff]{4,20})承办"),
    ("发表时间", r"^((?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?)$"),
)

# Words of a page that belong to no report: navigation, buttons, sharing.
PAGE_WORDS = re.compile(
    r"您?当前(?:所在)?位置|^首页|>\s*正文|分享到|返回顶部|关闭本页|关闭窗口|打印本页|【?(?:打印|关闭|收藏|纠错)】|扫一扫|网站地图"
    r"|网站帮助|隐私声明|关于我们|联系我们|无障碍|关联稿件|图文解读|相关(?:阅读|新闻|链接|稿件|附件)|上一[篇页]|下一[篇页]|字体[:：]"
    r"|字号|All [Rr]ights [Rr]eserved|Copyright|ICP备|公网安备|网站标识码|客户端|二维码|访问的链接|免责声明|许可证[:：]"
)

_NAMES = {label: name for name, labels in LABELS.items() for label in labels}
_LABEL = re.compile(
    "(?<![\u4e00-\u9fffA-Za-z])(?:"
    + "|".join(r"\s*".join(label) for label in sorted(_NAMES, key=len, reverse=True))
    + r")\s*[:：]"
)
_FORMS = tuple((name, re.compile(pattern)) for name, pattern in FORMS)
_FIELD_END = re.compile(r"[|｜\n\u3000]|[ \t\u2002\u2003\xa0]{2,}")
_SQUEEZE = re.compile(r"[\s\u3000\xa0\u2002\u2003:：]+")

LINE_LIMIT = 300  # characters; longer lines are prose
PROSE_LIMIT = 40  # a line this long with a 。 in it is prose, whatever labels stand in it


def is_furniture(text: str, line: Paragraph) -> bool:
    """Whether a line at the edge of a page is furniture: a labelled field, a licence, navigation, a date alone."""
    if line.length > LINE_LIMIT or (line.length > PROSE_LIMIT and text.find("。", line.start, line.end) >= 0):
        return False
    words = text[line.start : line.end]
    if PAGE_WORDS.search(words) or is_markup(words):
        return True
    label = _LABEL.match(words.lstrip("（(【[ "))
    return label is not None or any(form.search(words) for name, form in _FORMS if name not in ("网站", "主管", "主办"))


def is_markup(words: str) -> bool:
    """Whether a line is a comment or a picture of Markdown or HTML and shows no words."""
    return words.startswith(("<!--", "![", "<img")) and words.endswith((">", ")"))


def facts_of(text: str, lines: Sequence[Paragraph]) -> list[Fact]:
    """The facts of furniture lines, in order; the value of a label that ends its line stands on the next one."""
    facts: list[Fact] = []
    labelled: list[Fact] = []
    for i, line in enumerate(lines):
        above = [fact for fact in labelled if fact.end > line.start]  # its value stands on this line
        labelled = above + _labelled(text, line, lines[i + 1] if i + 1 < len(lines) else None)
        facts += labelled[len(above) :]
        for name, form in _FORMS:
            for found in form.finditer(text[line.start : line.end]):
                start, end = line.start + found.start(1), line.start + found.end(1)
                if all(end <= fact.start or fact.end <= start for fact in labelled):
                    facts.append(Fact(name, text[start:end], start, end, line.start, line.end))
    return facts


def _labelled(text: str, line: Paragraph, below: Paragraph | None) -> list[Fact]:
    facts = []
    labels = list(_LABEL.finditer(text, line.start, line.end))
    for k, label in enumerate(labels):
        name = _NAMES[_SQUEEZE.sub("", label.group())]
        limit = labels[k + 1].start() if k + 1 < len(labels) else line.end
        quote_end = line.end
        start = label.end()
        while start < limit and text[start] in BLANK:
            start += 1
        if start == line.end and below is not None and not _LABEL.match(text, below.start, below.end):
            start, limit, quote_end = below.start, below.end, below.end
            if is_page_word(text[start:limit]):
                continue
        stop = _FIELD_END.search(text, start, limit)
        end = stop.start() if stop else limit
        while end > start and text[end - 1] in BLANK + "）)】]":
            end -= 1
        if end > start:
            facts.append(Fact(name, text[start:end], start, end, line.start, quote_end))
    return facts


def is_page_word(words: str) -> bool:
    """Whether a line is a button or a menu entry and so no value of a field."""
    return PAGE_WORDS.search(words) is not None
