"""The types of the content: what a term, a phrase, a slang word… *is*.

Every Struct here is one TOML table of the folder named in its docstring. Unknown keys are
refused at load, so that a misspelt key in a content file is an error and not a silent loss.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Register = Literal["friends", "anyone", "elders"]
Speaker = Literal["you", "them"]
Wording = Literal["exact", "approximate"]
Tone = Literal["friendly", "neutral", "teasing", "rude"]
Size = Literal["huge", "medium", "niche"]


class Content(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of every content type: immutable, keyword-only, strict about keys."""


class Screen(Content, frozen=True, kw_only=True):
    """Where in the app a term stands (header of a file in ``terms/``).

    Attributes:
        id: short English slug, unique ("note", "settings-privacy").
        title: English name of the screen.
        title_zh: Chinese name of the screen.
        path: how to get there from the home screen, in English.
        order: position among the screens, lowest first.
    """

    id: str
    title: str
    title_zh: str
    path: str
    order: int = 100


class Term(Content, frozen=True, kw_only=True):
    """One label of the app's interface (``terms/*.toml``, ``[[term]]``).

    Attributes:
        id: unique slug, "<screen>.<word>" ("note.like").
        hanzi: the label as the app shows it, Simplified.
        english: what an English app would print there.
        also: other English words that a newcomer may search by.
        literal: word-for-word gloss.
        explain: what happens when it is tapped, or what the message means and what to do.
        position: where on the screen it stands.
        related: ids of other entries (of any kind).
        notes: where a newcomer would go wrong; empty when there is no trap.
        pinyin: override, space-separated syllables with tone marks, one per hanzi and one per
            Latin run or digit run left out; empty means pypinyin is right.
        wording: "approximate" when the author is not sure of the label's exact wording.
        changes: True when the label or its place is known to change with the app's version.
        differs: how it differs from another entry of the same screen with the same label.
        screen: id of its Screen; filled in by the loader from the file's header.
    """

    id: str
    hanzi: str
    english: str
    also: list[str]
    literal: str
    explain: str
    position: str
    related: list[str] = []
    notes: str = ""
    pinyin: str = ""
    wording: Wording = "exact"
    changes: bool = False
    differs: str = ""
    screen: str = ""


class Slang(Content, frozen=True, kw_only=True):
    """Something people write that a dictionary will not explain (``slang/*.toml``, ``[[slang]]``).

    Attributes:
        id: unique slug, "slang.<ascii>".
        hanzi: what is written: hanzi, Latin letters, digits, an emoji or a kaomoji.
        english: the nearest short English equivalent.
        also: spelling variants and English words to find it by.
        kind: which family it belongs to.
        literal: what the characters say word for word.
        meaning: what it means here and when you would say it.
        example: a Chinese sentence that uses it.
        example_english: what that sentence says.
        tone: friendly, neutral, teasing or rude.
        since: when it came up, as far as known ("about 2018", "January 2025").
        related, notes, pinyin: as in Term. For Latin or digit entries ``pinyin`` is the reading
            of the hanzi they stand for, if any.
        stands_for: the hanzi that an abbreviation or number stands for ("永远的神").
    """

    id: str
    hanzi: str
    english: str
    also: list[str]
    kind: Literal[
        "slang", "abbreviation", "number", "particle", "meme", "emoji", "kaomoji",
        "chinglish", "dialect",
    ]
    literal: str
    meaning: str
    example: str
    example_english: str
    tone: Tone
    since: str
    related: list[str] = []
    notes: str = ""
    pinyin: str = ""
    stands_for: str = ""


class Hashtag(Content, frozen=True, kw_only=True):
    """A hashtag or home-page channel (``hashtags/*.toml``, ``[[hashtag]]``).

    Attributes:
        id: unique slug, "tag.<ascii>".
        hanzi: the tag without "#".
        english: what it says.
        also: English words a draft about it may contain, used to suggest the tag.
        kind: "hashtag" or "channel" (a tab of the home page).
        literal: word-for-word gloss.
        posts: what is posted under it.
        size: how big it is, in words only.
        related, notes, pinyin: as in Term.
    """

    id: str
    hanzi: str
    english: str
    also: list[str]
    kind: Literal["hashtag", "channel"] = "hashtag"
    literal: str
    posts: str
    size: Size
    related: list[str] = []
    notes: str = ""
    pinyin: str = ""


class Phrase(Content, frozen=True, kw_only=True):
    """Something to say (``phrases/*.toml``, ``[[phrase]]``).

    Attributes:
        id: unique slug, "<situation>.<word>".
        hanzi: the phrase with full-width punctuation.
        english: natural English.
        words: [hanzi word, gloss] pairs in order; joined they give ``hanzi`` without punctuation.
        register: whom one says it to.
        speaker: "you" (the newcomer) or "them" (what Chinese users say to you).
        when: when to use it.
        answer: a usual answer in Chinese; answer_english: what it says.
        mistake: one common mistake of English speakers with this phrase.
        also: other English wordings to find it by.
        related, pinyin: as in Term.
        situation: id of its Situation; filled in by the loader.
    """

    id: str
    hanzi: str
    english: str
    words: list[tuple[str, str]]
    register: Register
    speaker: Speaker = "you"
    when: str
    answer: str
    answer_english: str
    mistake: str
    also: list[str] = []
    related: list[str] = []
    pinyin: str = ""
    situation: str = ""


class Turn(Content, frozen=True, kw_only=True):
    """One line of a situation's sample conversation; ``phrase`` names a Phrase when it is one."""

    speaker: Speaker
    hanzi: str
    english: str
    phrase: str = ""
    pinyin: str = ""


class Situation(Content, frozen=True, kw_only=True):
    """Header of a file in ``phrases/``: a situation and a short conversation in it."""

    id: str
    title: str
    title_zh: str
    intro: str
    order: int = 100
    turns: list[Turn] = []


class Pair(Content, frozen=True, kw_only=True):
    """A curated translation (``sentences/*.toml``, ``[[pair]]``).

    Attributes:
        en: one or more English wordings of the same thing; the first is the plainest.
        zh: the Chinese that people write for it.
        alt: other natural Chinese wordings.
        back: whether the Chinese may also be translated to ``en[0]``.
        alone: whether it means this only as a whole comment ("First!", the first to comment).
    """

    en: list[str]
    zh: str
    alt: list[str] = []
    back: bool = True
    alone: bool = False


class Template(Content, frozen=True, kw_only=True):
    """A curated translation with slots (``templates/*.toml``, ``[[template]]``).

    A slot is ``{kind}`` or ``{kind2}`` (a second slot of that kind); kinds are those of the name
    tables plus ``name`` (a person's name, kept as written), ``number`` and ``time``.
    """

    en: list[str]
    zh: str
    alt: list[str] = []
    back: bool = True


class Name(Content, frozen=True, kw_only=True):
    """A fixed term with its Chinese (``names/*.toml``, ``[[name]]``).

    Attributes:
        en: the English name; also: other English spellings.
        zh: the Chinese used in mainland China; zh_also: other Chinese forms, for reading.
        kind: the name table it belongs to; filled in by the loader from the file's header.
        region: whether it is a state, province or country, which Chinese names before its towns;
            a file's header may say so for all its names.
        codes: letters that stand for a region behind a town only, being an everyday word or a
            town's name elsewhere ("OR", "NY").
    """

    en: str
    zh: str
    also: list[str] = []
    zh_also: list[str] = []
    kind: str = ""
    region: bool = False
    codes: list[str] = []


class NetSpeak(Content, frozen=True, kw_only=True):
    """A piece of net English and its plain reading (``netspeak/*.toml``, ``[[netspeak]]``).

    Attributes:
        form: as typed, lower case ("ngl"); also: other spellings.
        plain: plain English that replaces it before translation ("not gonna lie"); may be empty
            when the piece is best dropped.
        zh: the Chinese net equivalent, if there is one.
        kind: abbreviation, contraction, slang, spelling or smiley.
        notes: what it means, in one sentence.
        replace: False when the form is also an ordinary word: then it is explained only, unless
            ``pattern`` matches.
        pattern: regular expression (case-insensitive) that must match for the replacement, with
            ``plain`` as its replacement text; empty means the whole word ``form``.
    """

    form: str
    plain: str
    kind: Literal["abbreviation", "contraction", "slang", "spelling", "smiley"]
    notes: str
    also: list[str] = []
    zh: str = ""
    replace: bool = True
    pattern: str = ""


class RulePattern(Content, frozen=True, kw_only=True):
    """One wording that a rule looks for.

    Attributes:
        text: literal wording (whole words in English, anywhere in Chinese), or
        regex: a regular expression instead of it; exactly one of the two is given.
        lang: "en", "zh" or "any".
        unless: literal wordings that contain it and are harmless ("最近" for "最").
    """

    lang: Literal["en", "zh", "any"]
    text: str = ""
    regex: str = ""
    unless: list[str] = []


class Rule(Content, frozen=True, kw_only=True):
    """One kind of wording that platforms limit (one file in ``rules/``).

    Attributes:
        id: unique slug.
        title, title_zh: name of the kind.
        why, why_zh: why it may matter, stated plainly.
        instead, instead_zh: what people usually do instead.
        source, source_zh: where the rule is published (law and article, or community guideline).
        certainty: "published" when the source states it, "reported" when users report it only.
        patterns: the wordings.
    """

    id: str
    title: str
    title_zh: str
    why: str
    why_zh: str
    instead: str
    instead_zh: str
    source: str
    source_zh: str
    certainty: Literal["published", "reported"]
    patterns: list[RulePattern]


class Blank(Content, frozen=True, kw_only=True):
    """A blank of a starter: ``slot`` names it in the texts; ``kind`` is a template slot kind."""

    slot: str
    kind: str
    label: str
    label_zh: str
    example: str


class Starter(Content, frozen=True, kw_only=True):
    """A ready-made post (``starters/*.toml``, ``[[starter]]``) with blanks written ``{slot}``."""

    id: str
    title: str
    title_zh: str
    when: str
    post_title: str
    post_title_en: str
    zh: str
    en: str
    blanks: list[Blank] = []
    hashtags: list[str] = []


class Step(Content, frozen=True, kw_only=True):
    """One step of a how-to; ``term`` is the id of the label to tap, if the step taps one."""

    text: str
    text_zh: str
    term: str = ""


class Howto(Content, frozen=True, kw_only=True):
    """An "I want to…" guide (``howtos/*.toml``, ``[[howto]]``)."""

    id: str
    title: str
    title_zh: str
    also: list[str] = []
    steps: list[Step]
    notes: str = ""
    notes_zh: str = ""
    wording: Wording = "exact"


#: What has hanzi with pinyin of its own.
Shown = Term | Slang | Hashtag | Phrase
#: What has an id of its own.
Identified = Term | Slang | Hashtag | Phrase | Starter | Howto | Rule
