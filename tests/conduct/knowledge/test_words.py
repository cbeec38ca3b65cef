"""Which words an article has, and which somebody asks for."""

import pytest

from conduct.knowledge.words import terms_of, weights, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("交换机丢包", ["交换", "换机", "机丢", "丢包"]), ("S7706，丢包", ["s7706", "丢包"]), ("Ｓ７７０６", ["s7706"]),
        ("灯", ["灯"]), ("RAID-5 阵列", ["raid", "5", "阵列"]), ("丢包、丢包", ["丢包"]), ("", []), ("！？", []),
    ],
)  # fmt: skip
def test_two_neighbouring_characters_are_a_word(text, words):
    assert words_of(text) == words


def test_latin_words_are_found_by_their_beginning_and_so_is_one_character():
    assert terms_of("s77 丢包 灯") == [("s77", True), ("丢包", False), ("灯", True)]


def test_a_word_counts_as_much_as_its_best_field():
    assert weights([("丢包", 4), ("丢包电源", 1)]) == {"丢包": 4, "包电": 1, "电源": 1}
