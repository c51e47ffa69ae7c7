"""Each number of a document has a reason for being, or for not being, a target."""

from pathlib import Path

import pytest

from kg_build.extract.numbers import UNEXPLAINED, explained
from kg_build.pipeline import facts_of as linked
from kg_build.readers import read

DOCUMENTS = sorted((Path(__file__).parents[3] / "documents").glob("*.txt"))
HEAD = "青河县物流行动方案（2023—2025年）\n\n一、重点任务\n\n"


@pytest.mark.parametrize(
    ("sentence", "number", "kind"),
    [
        ("到2025年，新建冷库20座。", "20", "target"),
        ("到2025年，新建冷库20座。", "2025", "date"),
        ("现有冷库12座。", "12", "baseline"),
        ("落实青政发〔2022〕36号文件。", "36", "document number"),
        ("面向16岁以上人员开展培训。", "16", "age"),
        ("推广“1234”工作法。", "1234", "quoted name"),
        ("推进5G网络建设。", "5", "name"),
        ("未完成的扣3分。", "3", "points"),
        ("见附件3。", "3", "structure"),
        ("“大型冷库”是指容积5000立方米以上的冷库。", "5000", "measure name"),
        ("咨询电话：0571-8123456。", "0571", "other"),
        ("代号77报。", "77", UNEXPLAINED),
        ("到2025年，新建冷库二十座。", "二十", "target"),
        ("冷库利用率提高到百分之六十。", "百分之六十", "target"),
        ("每年不少于三次。", "三", UNEXPLAINED),
        ("现有冷库不少于十二座。", "十二", "baseline"),
        ("“大型冷库”是指容积五千立方米以上的冷库。", "五千", "measure name"),
    ],
)
def test_a_number_is_explained(sentence, number, kind, document_of, facts_of):
    text = HEAD + f"1．甲任务。{sentence}\n2．乙任务。\n"
    document = document_of(text)
    found = [
        kind
        for span, kind in explained(document, facts_of(text))
        if document.text[span.start : span.end] == number and span.start > len(HEAD)
    ]
    assert found[-1:] == [kind]


@pytest.mark.parametrize(
    "words",
    [
        "十分重要",
        "服务三农",
        "一体推进",
        "一些地方",
        "第三产业",
        "建设冷库一期工程",
        "四个方面",
        "打造一座冷库",
    ],
)
def test_numerals_in_words_are_not_counted(words, document_of, facts_of):
    text = HEAD + f"（一）{words}。\n"
    found = [s for s, _ in explained(document_of(text), facts_of(text)) if s.start > len(HEAD) + 3]
    assert not found


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
def test_most_numbers_of_a_plan_are_explained(path):
    document = read(path)
    kinds = [kind for _, kind in explained(document, linked(document))]
    assert kinds.count(UNEXPLAINED) <= 0.15 * len(kinds)


def test_every_run_of_digits_is_named_once_in_order(document_of, facts_of):
    text = HEAD + "1．新建冷库20座、分拣中心3个。\n2．2024年6月底前完成。\n"
    document = document_of(text)
    spans = [span for span, _ in explained(document, facts_of(text))]
    assert spans == sorted(set(spans))
    assert [document.text[s.start : s.end] for s in spans][-5:] == ["20", "3", "2", "2024", "6"]
