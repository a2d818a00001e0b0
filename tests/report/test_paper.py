"""A page made ready for paper: lists in pairs, and marks that follow from a page's own text."""

from itertools import chain
from xml.etree import ElementTree

from include.report import paper


def prepared(body: str) -> ElementTree.Element:
    tree = ElementTree.fromstring(f"<body>{body}</body>")
    paper.prepare(tree)
    return tree


def columns(lengths: list[int]) -> list[list[int]]:
    """What stands in each column, as the lengths of its entries."""
    entries = "".join(f"<div>{'x ' * (length // 2)}</div>" for length in lengths)
    pairs = prepared(f'<dl class="defs">{entries}</dl>').findall("div[@class='pair']")
    return [[len("".join(entry.itertext())) for entry in column] for column in chain.from_iterable(pairs)]


def test_a_list_stands_in_two_columns_of_as_many_lines() -> None:
    assert columns([20] * 8) == [[20] * 4, [20] * 4]
    assert columns([400, 20, 20, 20]) == [[400], [20, 20, 20]]


def test_a_long_list_fills_both_columns_before_the_next_begin_and_loses_nothing() -> None:
    lengths = [2 * number for number in range(1, 41)]
    found = columns(lengths)
    assert [sum(map(len, pair)) for pair in zip(found[::2], found[1::2], strict=True)] == [14, 14, 12]
    assert list(chain.from_iterable(found)) == lengths


def test_one_entry_left_over_has_no_empty_list_beside_it() -> None:
    tree = prepared('<ul class="legend">' + "<li>x</li>" * 15 + "</ul>")
    assert [len(each) for each in tree.iter("ul")] == [7, 7, 1]


def test_what_stands_around_a_list_keeps_its_place() -> None:
    tree = prepared('<p>a</p><dl class="defs"><div>b</div><div>c</div></dl><p>d</p>')
    assert "".join(tree.itertext()) == "abcd"
    assert [each.tag for each in tree] == ["p", "div", "p"]


def test_only_texts_with_quotes_are_set_with_narrow_ones() -> None:
    tree = prepared("<p>don’t</p><p>do not</p><p>so <b>it</b> goes…</p>")
    assert [each.get("class") for each in tree] == ["quoted", None, "quoted"]
    assert tree.find("p/b") is not None
    assert tree.find("p/b[@class]") is None


def test_only_texts_with_a_long_word_are_broken_anywhere_and_han_is_none() -> None:
    long = "Donaudampfschifffahrt"
    tree = prepared(f'<p class="note">{long}</p><p>a short one</p><p>{"字" * 40}</p>')
    assert [each.get("class") for each in tree] == ["note unbroken", None, None]


def test_cards_stand_four_to_a_row_and_the_last_row_is_filled() -> None:
    cards = "".join(f'<article class="card">{number}</article>' for number in range(6))
    tree = prepared(f'<div class="cards">{cards}</div>')
    rows = [["".join(cell.itertext()) for cell in row] for row in tree.findall("div/div[@class='row']")]
    assert rows == [["0", "1", "2", "3"], ["4", "5", "", ""]]
