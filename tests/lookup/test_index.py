"""Looking things up the way newcomers do."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helper.lookup import Index


@pytest.fixture(scope="module")
def index(parts) -> Index:
    return parts.index


def labels(index: Index, query: str, limit: int = 5) -> list[str]:
    return [hit.entry.hanzi for hit in index.search(query, limit).hits]


@pytest.mark.parametrize(
    ("query", "hanzi"),
    [
        ("收藏", "收藏"),
        ("save", "收藏"),
        ("saves", "收藏"),
        ("favourite", "收藏"),
        ("shoucang", "收藏"),
        ("shou cang", "收藏"),
        ("shōucáng", "收藏"),
        ("shou1cang2", "收藏"),
        ("SHOUCANG", "收藏"),
        ("follow", "关注"),
        ("guanzhu", "关注"),
        ("關注", "关注"),
        ("log out", "退出登录"),
        ("logout", "退出登录"),
        ("how do i log out", "退出登录"),
        ("verification code", "验证码"),
        ("verificaton code", "验证码"),
        ("yanzhengma", "验证码"),
        ("yzm", "验证码"),
        ("yyds", "yyds"),
        ("hashtag", "话题"),
        ("lvxing", "旅行"),
    ],
)
def test_the_wanted_label_is_first(index, query, hanzi):
    assert labels(index, query)[0] == hanzi


@pytest.mark.parametrize(
    ("query", "hanzi"),
    [
        ("likes", "赞和收藏"),
        ("delete comment", "删除"),
        ("notificatons", "通知设置"),
        ("shoucag", "收藏"),
        ("cang", "收藏"),
        ("comments", "评论"),
        ("pin lun", "评论"),
        ("change language", "多语言"),
        ("lǚxíng", "旅行"),
        ("lv3 xing", "旅行"),
    ],
)
def test_the_wanted_label_is_among_the_first(index, query, hanzi):
    assert hanzi in " ".join(labels(index, query, 10))


def test_says_what_matched(index):
    assert "shoucang" in index.search("shoucang").hits[0].matched
    assert index.search("收藏").hits[0].matched == "the whole label"


def test_one_label_is_shown_once_with_its_other_places(index):
    hits = index.search("收藏", 10).hits
    assert [hit.entry.hanzi for hit in hits].count("收藏") == 1
    assert hits[0].same


def test_wrong_tones_rank_below_right_ones(index):
    right = index.search("shou1 cang2").hits[0]
    wrong = next(h for h in index.search("shou4 cang4").hits if h.entry.hanzi == "收藏")
    assert right.score > wrong.score


def test_dictionary_words_answer_what_the_content_has_not(index):
    hit = index.search("蝴蝶").hits[0]
    assert (hit.entry.kind, hit.entry.hanzi) == ("word", "蝴蝶")
    assert "蝴蝶" in labels(index, "butterfly", 10)


def test_interface_terms_come_before_dictionary_words(index):
    kinds = [hit.entry.kind for hit in index.search("评论", 10).hits]
    assert kinds[0] == "term"
    assert "term" not in kinds[kinds.index("word") :] if "word" in kinds else True


@pytest.mark.parametrize(
    ("query", "hanzi"),
    [
        ("hao", "好"), ("hao3", "好"), ("dui", "对"), ("keyi", "可以"), ("xihuan", "喜欢"),
        ("nver", "女儿"), ("meinv", "美女"), ("zaijian", "再见"), ("taxi", "出租车"),
        ("hospital", "医院"), ("doctor", "医生"), ("beer", "啤酒"), ("好", "好"),
        ("where is the bathroom", "浴室"), ("where is the toilet", "厕所"),
    ],
)
def test_the_everyday_word_is_first_where_no_label_fits_as_well(index, query, hanzi):
    assert labels(index, query, 10)[0] == hanzi


@pytest.mark.parametrize("query", ["like", "save", "log out", "shoucang", "favourite"])
def test_a_label_that_fits_stands_before_every_dictionary_word(index, query):
    assert index.search(query, 10).hits[0].entry.kind == "term"


def test_a_phrase_that_says_it_comes_before_a_notice_with_such_a_name(index):
    assert labels(index, "thank you")[0] == "谢谢！"


def test_nothing_found_is_said(index):
    results = index.search("qqqqxxxxzzzz")
    assert not results.hits or results.nearest


def test_limit_is_kept(index):
    assert len(index.search("a", 3).hits) <= 3


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_searched_without_a_fault(parts, query):
    results = parts.index.search(query, 5)
    assert len(results.hits) <= 5
    scores = [hit.entry.id for hit in results.hits]
    assert len(scores) == len(set(scores))


def test_a_long_query_is_answered(index):
    started = time.perf_counter()
    index.search("收" * 100_000)
    index.search("delete " * 20_000)
    assert time.perf_counter() - started < 5


def test_phrases_are_found_by_meaning(index):
    assert any("谢谢" in entry.hanzi for entry in index.phrases("thank you"))
    assert all(entry.kind == "phrase" for entry in index.phrases("cat"))


def test_a_dictionary_word_is_told_without_its_measure_words(index):
    (found,) = [hit.entry for hit in index.search("hospital").hits if hit.entry.hanzi == "医院"]
    assert found.english == "hospital"
