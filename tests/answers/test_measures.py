"""An amount, a rate, a share, an amount per head, a part: asked for one, a report that tells another is silent."""

from __future__ import annotations

import pytest

from bot.answers.model import NotFound
from bot.library import Library
from tests.answers.saying import answered, library_of

REPORT = """# 云泽市政府工作报告

## 2023年工作回顾

地区生产总值1286亿元，增长5.8%；固定资产投资增长7.5%；森林覆盖率达到41%。服务业增加值占地区生产总值的48%。
城镇居民人均可支配收入38650元。全市粮食产量82万吨。户籍人口316万人。清除河道淤泥12万立方米。减税降费73亿元。
农民人均纯收入由431元增加到884元。民营企业贡献了65%的税收。
装备制造业增加值增长9.3%。申请专利1.8万件。接待国内外游客420万人次。公路通车里程3200公里。
云湖港集装箱航线达到17条、吞吐量29万标准箱。建设高标准农田26万亩。新创成省级绿色工厂6个、绿色园区2个。万元生产总值能耗下降3%。
非税收入占比26.4%，下降1.2个百分点。村庄绿化覆盖率达到45%。粮食贸易额保持平稳。生产总值中文旅产业增加值增长8.1%。
快递业务量增长9.9%，冷链物流园开工建设。新能源装机规模达到95万千瓦、占电力总装机比重提高6个百分点。
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("reports"), REPORT, "云泽2024.md")


@pytest.mark.parametrize(
    "said",
    [
        "人均地区生产总值是多少",
        "人均粮食产量多少",
        "固定资产投资总额是多少",
        "固定资产投资一共有多少",
        "粮食产量占全省的比重是多少",
        "固定资产投资占比是多少",
        "森林覆盖率增长了百分之几",
        "服务业增加值增长了百分之几",
        "农村户籍人口有多少",
        "外资地区生产总值是多少",
        "工业投资增长百分之几",
        "工业增加值增长百分之几",
        "专利授权多少件",
        "入境游客有多少万人次",
        "高速公路通车里程多少公里",
        "散货吞吐量有多少",
        "高标准农田总面积多少万亩",
        "绿色园区总数是多少个",
        "国家级绿色工厂几个",
        "农业生产总值多少元",
        "建成区绿化覆盖率达到百分之几",
        "冷链快递业务量增长百分之几",
        "新能源装机新增多少",
        "农产品产量是多少",
        "地区生产总值下降百分之几",
        "三次产业增加值增长百分之几",
        "地区生产总值增加了多少元",
    ],
)
def test_another_measure_is_declined(city: Library, said: str) -> None:
    found = city.ask(said)
    assert isinstance(found, NotFound), found.text


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("城镇居民人均可支配收入多少元", "38650元"),
        ("固定资产投资增长多少", "7.5%"),
        ("固定资产投资涨了百分之几", "7.5%"),
        ("服务业增加值占比是多少", "48%"),
        ("森林覆盖率是多少", "41%"),
        ("粮食产量是多少", "82万吨"),
        ("GDP总量多少", "1286亿元"),
        ("民营企业贡献的税收占百分之几", "65%"),
        ("河道淤泥清除了多少立方米", "12万立方米"),
        ("减税降费多少钱", "73亿元"),
        ("2023年农民人均纯收入多少", "884元"),
        ("装备制造业增加值增长百分之几", "9.3%"),
        ("各类游客有多少万人次", "420万人次"),
        ("集装箱吞吐量是多少标准箱", "29万标准箱"),
        ("建了多少万亩高标准农田", "26万亩"),
        ("新创成绿色园区几个", "2个"),
        ("绿化覆盖率达到百分之几", "45%"),
        ("非税收入占比下降多少个百分点", "1.2个百分点"),
        ("能耗降了百分之几", "3%"),
    ],
)
def test_the_measure_that_is_told_is_answered(city: Library, said: str, text: str) -> None:
    assert answered(city, said).text == text


def test_what_has_a_classifier_of_its_own_is_not_told_by_another(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "云泽市政府工作报告\n\n一、2024年工作安排\n\n2024年，新开通3个乡镇的镇村公交，购置渡船12艘。\n"
    library = library_of(tmp_path_factory.mktemp("classifiers"), text, "yunze-2024.txt")
    assert isinstance(library.ask("2024年要买多少辆镇村公交车"), NotFound)
    assert answered(library, "购置渡船多少条").text == "12艘"
