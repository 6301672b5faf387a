"""English words as the index compares them: stems, stop words, near spellings."""

from __future__ import annotations

import bisect
import functools
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

import regex
import Stemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = regex.compile(r"[\p{L}\p{N}]+(?:['’][\p{L}]+)*")
_MARK = regex.compile(r"\p{Mn}")
# Words of questions that say nothing about the answer.
STOP = frozenset((
    "a an the i me my you your it its is are am be was do does did how what where which "
    "who why when can could will would should to of in on at for from with by and or this "
    "that these those there here get want need wanna find mean means meaning say said "
    "button icon app please s t someone somebody something thing if as into about have has "
    "been im whats wheres hows dont doesnt rednote xiaohongshu red note's any some so just"
).split())
_stemmer = Stemmer.Stemmer("english", 0)
# Irregular forms that the stemmer leaves apart.
IRREGULAR = {
    "follower": "fan", "followers": "fan", "fans": "fan",
    "people": "person", "posted": "post", "left": "leave", "sent": "send", "hid": "hide",
    "hidden": "hide", "photos": "photo", "pics": "photo", "pic": "photo", "picture": "photo",
    "pictures": "photo", "vid": "video", "vids": "video", "msg": "message", "msgs": "message",
    "dm": "message", "dms": "message", "acct": "account", "pw": "password", "faves": "favorite",
    "favourite": "favorite", "favourites": "favorite", "colour": "color", "log-in": "login",
    "sign-in": "login", "signin": "login", "logout": "logout", "children": "child",
    "kids": "child", "bought": "buy", "sold": "sell", "wrote": "write", "written": "write",
}


@functools.lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem under which ``word`` is indexed."""
    word = word.replace("’", "'").removesuffix("'s").replace("'", "")
    word = IRREGULAR.get(word, word)
    return _stemmer.stemWord(word)


def words(text: str) -> list[str]:
    """Lower-case words of an English text without accents."""
    folded = text.casefold()
    if not folded.isascii():
        folded = _MARK.sub("", unicodedata.normalize("NFKD", folded))
    return _WORD.findall(folded)


def canonical(spelled: Iterable[str]) -> str:
    """Words as one text in which spellings of the same word agree ("favourite" → "favorite")."""
    return " ".join(IRREGULAR.get(word, word) for word in spelled)


def content_words(text: str) -> list[str]:
    """The words of ``text`` that matter to a search; all words if none matters."""
    found = words(text)
    kept = [word for word in found if word.replace("'", "").replace("’", "") not in STOP]
    return kept or found


def stems(text: str) -> tuple[str, ...]:
    """Stems of the words that matter; of all words if none matters."""
    return tuple(stem(word) for word in content_words(text))


# How questions about the app begin and end; what is left between is what is asked for.
_OPENING = (
    "how do i", "how can i", "how to", "how do you", "where is", "where are", "where do i find",
    "where can i find", "how do i find", "how can i find", "what does", "what is", "whats",
    "what are", "i want to", "can i", "find", "where do i", "the", "a", "my", "an",
)
_CLOSING = ("mean", "button", "icon", "in rednote", "on rednote", "in chinese", "do", "please")


def remainder(spelled: list[str]) -> list[str]:
    """The words of a question without its frame: "how do i find the settings" → settings."""
    left = [word.replace("'", "").replace("’", "") for word in spelled]
    kept = list(spelled)
    changed = True
    while changed:
        changed = False
        for frame in _OPENING:
            size = len(frame.split())
            if len(kept) > size and left[:size] == frame.split():
                left, kept, changed = left[size:], kept[size:], True
        for frame in _CLOSING:
            size = len(frame.split())
            if len(kept) > size and left[-size:] == frame.split():
                left, kept, changed = left[:-size], kept[:-size], True
    return kept


class Spellings:
    """A set of spellings that can be asked for what is one or two typos away.

    Every spelling is kept under itself with one letter left out; two spellings that share such a
    form are compared. That finds all that are one typo apart and most that are two; the rest is
    searched for only when nothing was found.
    """

    def __init__(self, spellings: Iterable[str]) -> None:
        self._all = frozenset(spellings)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        self._deleted: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._all):
            self._by_length[len(word)].append(word)
            if 2 < len(word) < 24:
                for shorter in _deletions(word):
                    self._deleted[shorter].append(word)

    def near(self, word: str, allowed: int) -> list[tuple[int, str]]:
        """(distance, spelling) within ``allowed`` typos, nearest first, at most eight."""
        candidates: set[str] = set()
        for shorter in (word, *_deletions(word)):
            candidates.update(self._deleted.get(shorter, ()))
            if shorter in self._all:
                candidates.add(shorter)
        found = [(OSA.distance(word, other), other) for other in candidates]
        found = [item for item in found if item[0] <= allowed]
        if not found and allowed > 1:
            pool = [
                other for length in range(len(word) - 1, len(word) + 2)
                for other in self._by_length.get(length, ())
                if other[0] == word[0] or other[-1] == word[-1]
            ]
            found = [
                (int(distance), other) for other, distance, _ in process.extract(
                    word, pool, scorer=OSA.distance, score_cutoff=allowed, limit=4
                )
            ]
        # a typo in the first letter is rarer than elsewhere
        return sorted(found, key=lambda item: (item[0], item[1][0] != word[0], item[1]))[:8]


class Vocabulary:
    """The indexed words with their stems: exact, completed, or one or two typos away.

    Spelling is compared on words as written, since a typo rarely survives the stemmer.
    """

    def __init__(self, spelled: Iterable[str]) -> None:
        self._stems = {word: stem(word) for word in spelled}
        self._known = frozenset(self._stems.values())
        self._sorted = sorted(self._stems)
        self._spellings = Spellings(self._stems)

    def __contains__(self, stemmed: str) -> bool:
        return stemmed in self._known

    def completions(self, prefix: str, limit: int = 10) -> list[str]:
        """Stems of the words that begin with ``prefix``, shortest words first."""
        start = bisect.bisect_left(self._sorted, prefix)
        end = bisect.bisect_left(self._sorted, prefix + "\uffff", start)
        found = sorted(self._sorted[start:end][:300], key=len)
        return list(dict.fromkeys(self._stems[word] for word in found))[:limit]

    def near(self, word: str) -> list[tuple[str, int]]:
        """(stem, distance) within two typos (one for short words), nearest first."""
        nearest: dict[str, int] = {}
        for distance, other in self._spellings.near(word, 1 if len(word) < 5 else 2):
            nearest.setdefault(self._stems[other], distance)
        return list(nearest.items())[:5]


def _deletions(word: str) -> list[str]:
    return [word[:i] + word[i + 1:] for i in range(len(word))]
