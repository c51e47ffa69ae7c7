"""The union of sorted files, whatever their number."""

from hypothesis import given
from hypothesis import strategies as st

from kg_build import merging


@given(st.lists(st.sets(st.sampled_from([b"a\n", b"b\n", b"ab\n", b"c\n"])), max_size=9))
def test_a_union_has_each_line_once_and_sorted(tmp_path_factory, contents):
    folder = tmp_path_factory.mktemp("files")
    paths = []
    for n, lines in enumerate(contents):
        paths.append(folder / str(n))
        paths[-1].write_bytes(b"".join(sorted(lines)))
    merging._AT_ONCE, before = 2, merging._AT_ONCE
    try:
        out = merging.union(paths, folder / "out.nq")
    finally:
        merging._AT_ONCE = before
    assert out.read_bytes() == b"".join(sorted(set().union(*contents)))
    assert {p.name for p in folder.iterdir()} == {*map(str, range(len(contents))), "out.nq"}


def test_of_several_names_of_a_body_the_fullest_is_its_label(tmp_path):
    label, other = (
        "<http://www.w3.org/2000/01/rdf-schema#label>",
        "<http://www.w3.org/2004/02/skos/core#altLabel>",
    )
    said = [
        [f'<u> {label} "公安局"@zh <g> .\n', f'<u> {other} "县公安局"@zh <g> .\n'],
        [f'<u> {label} "县公安局"@zh <g> .\n', f'<v> {label} "教育局"@zh <g> .\n'],
    ]
    paths = [tmp_path / str(n) for n in range(2)]
    for path, lines in zip(paths, said, strict=True):
        path.write_bytes("".join(lines).encode())
    assert merging.union(paths, tmp_path / "out.nq").read_text("utf-8").splitlines() == [
        f'<u> {label} "县公安局"@zh <g> .',
        f'<u> {other} "公安局"@zh <g> .',
        f'<v> {label} "教育局"@zh <g> .',
    ]


def test_a_title_is_a_numbered_document_where_all_numbers_agree(tmp_path):
    same, kind = (
        "<http://www.w3.org/2002/07/owl#sameAs>",
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
    )
    said = [
        [f"<a> {kind} <d> <g> .\n", f"<b> {same} <2> <g> .\n", f"<c> {same} <4> <g> .\n"],
        [f"<a> {same} <1> <g> .\n", f"<b> {kind} <d> <g> .\n", f"<b> {same} <3> <g> .\n"],
    ]
    paths = [tmp_path / str(n) for n in range(2)]
    for path, lines in zip(paths, said, strict=True):
        path.write_bytes("".join(lines).encode())
    assert merging.union(paths, tmp_path / "out.nq").read_text("utf-8").splitlines() == [
        f"<a> {kind} <d> <g> .",
        f"<a> {same} <1> <g> .",
        f"<b> {kind} <d> <g> .",
    ]
