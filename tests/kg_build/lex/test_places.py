"""The place that a plan is for."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_build.lex.places import find_place, lineage, place, places

SHARED = Path(__file__).parents[4] / "shared"
NAMES = Counter(p.name for p in places().values())


@pytest.mark.parametrize(
    ("title", "issuers", "text", "code"),
    [
        ("吴中区建设儿童友好城市三年行动计划", (), "", "320506"),
        ("关于推进儿童友好城市建设的实施方案", ("吉林省发展和改革委员会",), "", "220000"),
        ("同心县国家儿童友好城市建设任务清单", (), "", "640324"),
        ("上海市国民经济和社会发展第十四个五年规划", (), "", "310000"),
        ("行动方案", ("苏州市人民政府", "苏州市吴中区人民政府"), "", "320506"),
        # Same-named districts: the province or city named anywhere decides.
        ("朝阳区儿童友好城市行动方案", ("北京市朝阳区人民政府",), "", "110105"),
        ("朝阳区儿童友好城市行动方案", (), "结合长春市实际，制定本方案。", "220104"),
        ("鼓楼区行动方案", (), "学习福州市经验。南京市鼓楼区人民政府", "320106"),
        # Names without their kind: only where the text has them in full.
        ("吴中建设儿童友好城市行动计划", (), "结合吴中区实际", "320506"),
        ("吉林推进儿童友好城市建设方案", (), "吉林省人民政府同意", "220000"),
        ("吉林推进儿童友好城市建设方案", (), "吉林市人民政府同意", "220200"),
        # No title was recognised: the text opens with it.
        ("", (), "石城县2018年度河长制工作考核细则。借鉴上海市的做法", "360735"),
        # A city without districts, which the code table lists a second time as its own county.
        ("嘉峪关市行动方案", (), "", "620200"),
        # White space that the layout left in the title.
        ("周村区“十四五”时期\n儿童友好 城市建设方案", (), "", "370306"),
        ("对口支援工作方案", (), "石城县实施方案。石城县教育局负责。", "360735"),
        # A year before the name.
        ("2021年同心县实事登记表", (), "", "640324"),
        # The place to whose circumstances the text is suited.
        ("行动方案", (), "按照《江苏省条例》，结合苏州实际，由江苏省指导。江苏省支持。", "320500"),
        # The place that holds the others, named in full and without its kind.
        ("行动方案", (), "在吴中区、姑苏区试点，苏州市推广。苏州经验。", "320500"),
        # A document that the title carries out is another place's.
        ("关于贯彻《上海市管理条例》的实施方案", ("上海市宝山区人民政府办公室",), "", "310113"),
        # Of the documents cited that of its own place.
        ("行动方案", (), "根据《苏州市规划》和《苏州市意见》，在全市开展。", "320500"),
    ],
)
def test_the_place_is_read(title: str, issuers: tuple[str, ...], text: str, code: str) -> None:
    assert find_place(title, issuers, text) == (code, place(code).full_name)


@pytest.mark.parametrize(
    ("title", "issuers", "text"),
    [
        ("国务院关于加快推进农业机械化的指导意见", ("国务院",), "新疆、内蒙古等地"),
        ("鼓楼区行动方案", (), ""),
        ("鼓楼区行动方案", (), "学习福州市、南京市的经验"),
        ("吴中建设儿童友好城市行动计划", (), ""),
        ("平安建设行动方案", (), ""),
        ("儿童友好区建设方案", (), ""),
        ("长春新区行动方案", (), ""),
        ("长春新区行动方案", (), "长春市人民政府"),
        ("吉林推进儿童友好城市建设方案", (), "吉林省吉林市"),
        ("行动方案", (), "借鉴上海市、北京市的做法"),
        ("行动方案", (), "在吴中区试点，吴中区先行，姑苏区跟进，苏州市指导。"),
        ("行动方案", (), "根据《江苏省条例》和《江苏省意见》，在全市开展。"),
        ("行动方案", (), "结合我市实际，结合吉林实际。"),
        ("", (), ""),
    ],
)
def test_what_stays_in_doubt_is_no_place(title: str, issuers: tuple[str, ...], text: str) -> None:
    assert find_place(title, issuers, text) is None


def test_the_full_name_says_all_levels() -> None:
    found = find_place("周村区行动方案", (), "")
    assert found == ("370306", "山东省淄博市周村区")
    assert [p.name for p in lineage("370306")] == ["周村区", "淄博市", "山东省"]


@given(st.sampled_from(sorted(places())))
def test_a_full_name_in_the_title_finds_its_place(code: str) -> None:
    one = place(code)
    found = find_place(f"{one.full_name}儿童友好城市建设行动方案", (), "")
    assert found is not None
    assert found[1] == one.full_name


@given(st.sampled_from(sorted(places())))
def test_a_bare_name_finds_its_only_bearer_or_nothing(code: str) -> None:
    one = place(code)
    found = find_place(f"{one.name}儿童友好城市建设行动方案", (), "")
    if NAMES[one.name] == 1:
        assert found == (code, one.full_name)
    else:
        assert found is None or place(found[0]).name == one.name


@given(st.text(alphabet="吴中区吉林省市周村县的和儿童友好，。\n 新", max_size=40))
def test_any_text_gives_a_known_place_or_none(text: str) -> None:
    found = find_place(text, (text,), text)
    assert found is None or place(found[0]).full_name == found[1]


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is absent")
@pytest.mark.parametrize("name", ["wuzhong", "zhoucun", "jilin", "shangyu", "tongxin"])
def test_the_place_of_a_real_plan_is_found(name: str) -> None:
    plan = json.loads((SHARED / "gold" / f"{name}.json").read_text(encoding="utf-8"))["plan"]
    text = (SHARED / "documents" / f"{name}.txt").read_text(encoding="utf-8")
    issuers = plan.get("issuers") or [plan["issuer"] or ""]
    found = find_place(plan["title"], issuers, text)
    assert found is not None
    assert found[0] == plan["place_code"]
