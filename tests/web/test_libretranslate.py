"""LibreTranslate's routes do no more work for a list of texts than for one text."""

from __future__ import annotations

TEXTS = [f"The painter sold {n} small boats." for n in range(20, 25)]


def test_a_list_is_one_batch(client, batches):
    answer = client.post("/translate", json={"q": TEXTS, "source": "en", "target": "zh"})
    assert len(answer.json["translatedText"]) == len(TEXTS)
    assert batches[0] == TEXTS


def test_the_limit_is_on_all_texts_together(client, batches, translator):
    half = "a " * (translator.max_chars // 3)
    answer = client.post("/translate", json={"q": [half, half], "source": "en", "target": "zh"})
    assert answer.status_code == 413
    assert batches == []


def test_one_text_of_a_list_that_says_nothing_is_named(client):
    answer = client.post("/translate", json={"q": ["Hello!", " "], "target": "zh"})
    assert answer.status_code == 400


def test_markup_is_taken_off_and_put_on(client):
    answer = client.post("/translate", json={
        "q": "<b>Salt &amp; pepper</b>", "source": "en", "target": "zh", "format": "html",
    })
    assert "<b>" not in answer.json["translatedText"]
