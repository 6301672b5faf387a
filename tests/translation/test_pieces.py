"""Every protected piece survives exactly once and in order, whatever it stands beside."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helper.translation import protect

EMOJI = (
    "😊", "🐱", "👍🏽", "👩🏿‍🔬", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇺🇸", "🇨🇳",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "#️⃣", "❤️", "❤️‍🔥", "🫶🏻", "☕",
)
TAGS = ("#cats", "#TikTokRefugee", "#猫税", "#new_here")
MENTIONS = ("@lily", "@小红薯123", "@user.name-7")
LINKS = ("https://example.com/a?b=c", "www.example.org", "http://a.co/x_y")
WORDS = (
    "hello", "my cat", "I love this.", "Thanks!", "really?", "see you tomorrow", "three dogs,",
    "and", "A B", "don't", "…", "(ok)", "\"quoted\"",
)
GAPS = (" ", " ", " ", "\n", "\n\n", ", ")

piece = st.sampled_from(EMOJI + TAGS + MENTIONS + LINKS)
token = st.one_of(piece, st.sampled_from(WORDS))


@st.composite
def captions(draw, most: int = 12) -> tuple[str, list[str]]:
    """A caption and the pieces in it, in order."""
    text, inside = "", []
    for item in draw(st.lists(token, min_size=1, max_size=most)):
        # a word right behind a tag, a name or a link belongs to it: words stand apart there;
        # an emoji may stand anywhere
        glued = item in EMOJI or (item in WORDS and text.endswith(EMOJI))
        glued = glued and not (item in WORDS and _tag_and_emoji(text))
        gaps = (*GAPS, "", "") if glued else GAPS
        text += (draw(st.sampled_from(gaps)) if text else "") + item
        if item not in WORDS:
            inside.append(item)
    return text, inside


def _tag_and_emoji(text: str) -> bool:
    """Whether an emoji glued to a tag ends ``text``: a word behind it would join the tag."""
    last = text.split()[-1] if text.split() else ""
    return last.startswith(("#", "@", "http", "www"))


def found(text: str) -> str:
    """All pieces of ``text`` run together: neighbouring emoji are one piece there."""
    return "".join(protect.pieces(text))


@given(captions(most=25))
@settings(max_examples=600)
def test_pieces_are_found(caption):
    text, inside = caption
    assert found(text) == "".join(inside)
    assert "".join(part.text for part in protect.parts(text)) == text


@given(st.text(alphabet=st.one_of(
    st.sampled_from("".join(EMOJI + TAGS + MENTIONS + LINKS)), st.characters()
), max_size=60))
@settings(max_examples=600)
def test_any_text_is_cut_without_loss(text):
    assert "".join(part.text for part in protect.parts(text)) == text


@given(captions())
@settings(max_examples=600)
def test_masking_keeps_every_piece_once_and_in_order(caption):
    text, inside = caption
    for line in text.split("\n"):
        masked = protect.mask(line)
        whole = protect.unmask(masked.text, masked.inner, masked.floats)
        assert whole is not None
        assert found(f"{masked.lead} {whole} {masked.tail}") == found(line)
    assert "".join(found(line) for line in text.split("\n")) == "".join(inside)


@given(captions(most=7))
@settings(max_examples=30, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_pieces_survive_translation(translator, caption):
    text, inside = caption
    translation = translator.translate(text, "zh", "en")
    assert found(translation.text) == "".join(inside)
    for other in translation.alternatives:
        assert found(other) == "".join(inside)


@pytest.mark.parametrize(
    ("name", "translated", "restored"),
    [
        ("西雅图", "⟦1⟧天气很好", "西雅图天气很好"),
        ("星巴克", "在⟦1⟧点了一杯", "在星巴克点了一杯"),
        ("夏威夷", "⟦1⟧日落", "夏威夷日落"),
        ("纽约", "在⟦1⟧约会", "在纽约约会"),
        # units and doubled endings that an engine hangs on a name
        ("纽约", "我住在⟦1⟧岁。", "我住在纽约。"),
        ("俄亥俄州", "我来自⟦1⟧州", "我来自俄亥俄州"),
        ("俄亥俄州", "我是来自⟦1⟧州的Megan", "我是来自俄亥俄州的Megan"),
    ],
)
def test_a_name_loses_the_units_behind_it_but_no_word(name, translated, restored):
    assert protect.unmask(translated, (protect.NameTerm(name),)) == restored


@pytest.mark.parametrize("sentence", [
    "Trying 火锅 today 🔥 so good", "I ate 火锅 🔥 and 烤鸭 😋 for $5 😂 in 北京 today",
    "My 🐱 eats 鱼🐟肉 with @lily 😊 now", "no hanzi 🔥 here, only $5 😂 and me",
])
def test_emoji_keep_their_places_between_hidden_hanzi(sentence):
    masked = protect.mask(sentence, r"\p{Han}+")
    assert not any(character in masked.text for character in "火锅烤鸭北京鱼肉")
    whole = protect.unmask(
        masked.text, masked.inner, masked.floats, lambda text: list(range(len(text) + 1))
    )
    assert whole.replace(" ", "") == sentence.replace(" ", "")


@pytest.mark.parametrize(
    "text", ['My mom called it ("so good") and left', "(*i love you*) she said", "(~see below~)"]
)
def test_words_in_brackets_are_no_kaomoji(text):
    assert protect.pieces(text) == []


@pytest.mark.parametrize("face", [
    "(・ω・)", "(´・ω・`)", "T_T", "(^o^)/", "(*/ω＼*)", "(*^▽^*)", "(>_<)", "(｡•́︿•̀｡)", "(*´ω`*)",
])
def test_kaomoji_are_pieces(face):
    assert face in "".join(protect.pieces(f"so tired {face} today"))


@pytest.mark.parametrize("text", ["⟦0⟧", "好⟦7⟧", "⟦1⟧⟦1⟧"])
def test_placeholders_that_nothing_stands_behind_are_refused(text):
    assert protect.unmask(text, ()) is None


@pytest.mark.parametrize("number", ["7" * 400, "3.14159265358979323846264338327950288"])
def test_a_number_without_end_is_kept_and_not_read_by_the_engine(number):
    assert protect.pieces(f"pi is {number} they say") == [number]
    assert protect.pieces("I have 35,000 followers and paid 1200.50") == []


def test_an_ellipsis_is_no_part_of_a_link():
    assert protect.pieces("看 https://example.com/a?b=c……") == ["https://example.com/a?b=c"]


def test_an_emoji_stands_neither_behind_a_number_nor_inside_a_name():
    def ends(text):
        return range(len(text) + 1)

    two_days = (protect.Float(0, 0.2, "😂"),)
    assert protect.unmask("，2天就坏了", (), two_days, ends) == "，😂2天就坏了"

    evening = (protect.Movable("晚上7点半"),)
    assert protect.unmask("⟦1⟧见", evening, (protect.Float(0, 0.5, "🎂"),), ends) in {
        "🎂晚上7点半见", "晚上7点半🎂见",
    }
