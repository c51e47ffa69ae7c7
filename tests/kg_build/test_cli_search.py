"""`zhengtu search`: what it prints, and the exit code it ends with."""

import json
import re

import pytest

GOOD, FINDINGS, MISUSE = 0, 1, 2


def test_search_prints_hits_with_sentences_and_what_narrows_them(zhengtu, built):
    found = zhengtu("search", "托位", "--only", "place=周村区", "--data", built)
    assert found.exit_code == GOOD
    assert found.stdout.startswith("4 条 hits\nindicator\t每千人口3岁以下婴幼儿托位数\t周村区\t")
    assert "  「到2025年，每千人口3岁以下婴幼儿托位数达到4.5个」 zhoucun " in found.stdout
    assert re.search(r"^place: .*周村区 \d", found.stdout, re.MULTILINE)
    printed = zhengtu("search", "托位", "--size", 1, "--data", built, "--format", "json")
    answer = json.loads(printed.stdout)
    assert (answer["total"] > 4, len(answer["hits"])) == (True, 1)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["火箭"], FINDINGS), (["托位", "--only", "place"], MISUSE), (["托位", "--size", 0], MISUSE)],
)
def test_search_says_by_its_exit_code_that_nothing_was_found(zhengtu, built, arguments, code):
    assert zhengtu("search", *arguments, "--data", built).exit_code == code
