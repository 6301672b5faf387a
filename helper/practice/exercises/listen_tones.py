"""Hear a phrase and mark the tone of every syllable."""

from collections.abc import Sequence

from fsrs import Rating

from helper.errors import N_, InvalidInput
from helper.mandarin.pinyin import NEUTRAL, Syllable
from helper.practice.contrast import explain_tone, minimal_pair
from helper.practice.deck import Deck, Item
from helper.practice.exercises.base import Form, Question, Skill, register
from helper.practice.notes import Note, Pair, Sound, Verdict

_SPOKEN = N_("These are the tones as spoken; in a dictionary it is %(pinyin)s.")


@register
class ListenTones:
    """Toneless syllables, each to be given a tone from 1 to 5 (5 is neutral)."""

    kind = "listen-tones"
    title = N_("Hear it and mark the tones")
    form = Form.TONES
    skill = Skill.TONES
    sound = True
    terminal = False

    def fits(self, item: Item) -> bool:
        """Hanzi only, and few enough to keep in the ear."""
        return item.pure and 1 <= item.length <= 6

    def ask(self, item: Item, deck: Deck, seed: int) -> Question:
        """Play the phrase and show its syllables without tones."""
        return Question(
            self.kind, self.form, self.skill, item.id, seed,
            N_("Which tones do you hear?"), audio=item.hanzi,
            syllables=tuple(s.letters for _, s in item.syllables),
            expected=tuple(str(s.tone) for _, s in item.spoken_syllables),
        )

    def grade(
        self, question: Question, item: Item, deck: Deck, answer: Sequence[str]
    ) -> Verdict:
        """One digit per syllable, spoken or dictionary tone; one slip in several is hard."""
        dictionary = [s for _, s in item.syllables]
        tones = [_tone(value) for value in answer[:len(dictionary)]]
        tones += [0] * (len(dictionary) - len(tones))
        sounds: list[Sound] = []
        notes: list[Note] = []
        pair: Pair | None = None
        for (hanzi, spoken), written, tone in zip(
            item.spoken_syllables, dictionary, tones, strict=True
        ):
            right = tone in {spoken.tone, written.tone}
            given = Syllable(spoken.letters, tone or NEUTRAL)
            sounds.append(Sound(
                hanzi, spoken.marked, given.marked if tone else "", True,
                "right" if right else "wrong",
            ))
            if not right and tone:
                notes += explain_tone(hanzi, spoken, tone)
                pair = pair or minimal_pair(hanzi, spoken, given)
        wrong = sum(sound.tone == "wrong" for sound in sounds)
        if item.spoken != item.pinyin:
            notes.append(Note(_SPOKEN, {"pinyin": item.pinyin}))
        rating = Rating.Good if not wrong else Rating.Again
        if wrong == 1 and len(dictionary) > 2:
            rating = Rating.Hard
        return Verdict(
            not wrong, int(rating), tuple(notes), pair, tuple(sounds), expected=item.spoken,
            given=" ".join(sound.given for sound in sounds).strip(),
        )


def _tone(value: str) -> int:
    if value in {"", "1", "2", "3", "4", "5"}:
        return int(value or 0)
    raise InvalidInput(N_("A tone is a number from 1 to 5."))
