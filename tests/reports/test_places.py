"""Places: the names that a text gives, and the common nouns that look like names."""

from __future__ import annotations

from bot.reports.gazetteer import PREFECTURES, PROVINCES, short_name
from bot.reports.places import places_of, short_forms


def test_counties_districts_and_new_areas_are_found_in_order_and_once() -> None:
    text = "柳河县、松岭县成立组织。支持青石区政协开展活动，青石区受到表扬；云泽市白鹭县建成工程，云南新区新建平台。"
    assert places_of(text, "云泽市") == ("柳河县", "松岭县", "青石区", "白鹭县", "云南新区")


def test_common_nouns_that_end_like_places_are_none() -> None:
    text = (
        "全市各县区加快老城区改造，城市社区、产业园区、示范区、旅游景区、老旧小区、山区、功能区、高新区面貌一新，"
        "推动全县城区新增学位，建设特色小镇、中心城镇、美丽乡村，开拓市场、超市和夜市，各乡镇统筹城乡。"
    )
    assert places_of(text, "云泽市") == ()


def test_a_verb_before_a_name_is_no_part_of_it() -> None:
    assert places_of("推广白鹭县的做法，宣传柳河县，白鹭县、柳河县获奖。", "云泽市") == ("白鹭县", "柳河县")


def test_the_report_s_own_place_and_places_elsewhere_are_left_out() -> None:
    text = "云泽市与枣庄市联合办展，赴山东省济南市、江苏宿迁市泗阳县学习，白鹭县、柳河县参加。"
    assert places_of(text, "云泽市") == ("白鹭县", "柳河县")


def test_a_county_speaks_of_its_towns() -> None:
    assert places_of("河口镇、青山乡、城南街道完成任务，各乡镇跟进。", "白鹭县") == ("河口镇", "青山乡", "城南街道")


def test_a_province_speaks_of_its_cities_by_short_names_too() -> None:
    assert places_of("西宁、海东加快发展，同德县、达日县跟进。", "青海省") == ("同德县", "达日县", "西宁市", "海东市")


def test_a_name_in_cheng_is_a_county_and_a_city_quarter_is_not() -> None:
    assert places_of("柳城县、老城区、主城区、榕城区。", "云泽市") == ("柳城县", "榕城区")


def test_a_new_area_may_have_its_citys_name_and_no_other_place_has() -> None:
    text = "云泽市快速发展。云泽对外开放。云泽新区引进项目36个，支持云泽新区建设。联动创新区挂牌。云泽区位好。"
    assert places_of(text, "云泽市") == ("云泽新区",)


def test_short_forms_lead_to_full_names() -> None:
    assert short_forms(["青石区", "曹县", "白鹭县"]) == {"青石": "青石区", "白鹭": "白鹭县"}


def test_every_prefecture_has_a_province_and_a_short_name() -> None:
    assert len(PROVINCES) == 34
    assert len(PREFECTURES) == 333
    assert all(short_name(name) != name for name in PREFECTURES)
