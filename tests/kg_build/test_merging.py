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
