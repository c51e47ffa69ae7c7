"""What names a document, whoever is said to have issued it."""

import pytest

from kg_build.lex.titles import bare_title, document_key, short_titles


@pytest.mark.parametrize(
    ("title", "bare", "key"),
    [
        ("关于科学绿化的指导意见", "关于科学绿化的指导意见", "关于科学绿化的指导意见"),
        ("国务院办公厅关于科学绿化的指导意见", "关于科学绿化的指导意见", "关于科学绿化的指导意见"),
        ("住房城乡建设部关于城市体检的意见", "关于城市体检的意见", "关于城市体检的意见"),
        ("市场监管总局等七部门关于印发〈某方案〉的通知", "某方案", "某方案"),
        (
            "国务院关于印发2030年前碳达峰行动方案的通知",
            "2030年前碳达峰行动方案",
            "2030年前碳达峰行动方案",
        ),
        ("甲省人民政府关于发展冰雪的意见", "关于发展冰雪的意见", "甲省人民政府关于发展冰雪的意见"),
        ("中共乙市委关于发展冰雪的意见", "关于发展冰雪的意见", "中共乙市委关于发展冰雪的意见"),
        (
            "本市系统化推进海绵城市建设的意见",
            "本市系统化推进海绵城市建设的意见",
            "1:本市系统化推进海绵城市建设的意见",
        ),
        ("2024年政府工作报告", "2024年政府工作报告", "1:2024年政府工作报告"),
        ("全民阅读促进条例", "全民阅读促进条例", "全民阅读促进条例"),
    ],
)
def test_a_title_without_who_issued_it(title, bare, key):
    assert bare_title(title) == bare
    assert document_key(title, "1") == key


def test_short_forms_are_those_that_the_text_declares():
    text = "《甲条例》(以下简称《条例》)、《乙意见》(国发〔2020〕1号,以下简称“意见”),根据《丙办法》"
    assert short_titles(text) == {"条例", "意见"}
