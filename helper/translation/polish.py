"""Chinese punctuation and spacing, English spacing and capitals: the last touch."""

from __future__ import annotations

import regex

_HAN = r"\p{Han}⟧0-9A-Za-z”’）》"
_FULL = {",": "，", "!": "！", "?": "？", ";": "；", ":": "：", "(": "（", ")": "）"}
_ENDS = {".": "。", "!": "！", "?": "？", "。": ".", "！": "!", "？": "?"}
_END_MARKS = regex.compile(r"[.!?。！？…~～]+$")


def chinese(text: str) -> str:
    """Full-width punctuation beside hanzi, no spaces between hanzi, one end mark's style."""
    if not regex.search(r"\p{Han}", text):
        return text
    text = regex.sub(
        r"(?<=\p{Han}|[，。！？；：、”“⟧])\s+(?=\p{Han}|[，。！？；：、”“⟦])", "", text
    )
    text = regex.sub(r"\s+(?=[，。！？；：、”）》,!?;:])|(?<=[，。！？；：、“（《])\s+", "", text)
    text = regex.sub(
        r"(?<=[\p{Han}⟧”’）》])[,!?;:]+|[,!?;:](?=\p{Han})",
        lambda match: "".join(_FULL[c] for c in match.group()), text,
    )
    text = regex.sub(r"(?<=[\p{Han}”）])\.(?!\d|\.)", "。", text)
    text = regex.sub(r"(?<=[\p{Han}。])(?:\.{2,}|。{2,}|…(?!…))", "……", text)
    text = regex.sub(
        r"\((?=[^()]*\p{Han})([^()]*)\)", lambda match: f"（{match.group(1)}）", text
    )
    text = regex.sub(r"(?<=[，。！？；：、“（])\s+|\s+(?=[，。！？；：、”）])", "", text)
    return _paired_quotes(text).strip()


def _paired_quotes(text: str) -> str:
    if text.count('"') % 2 == 0 and text.count('"'):
        opening = True
        out = []
        for character in text:
            if character == '"':
                out.append("“" if opening else "”")
                opening = not opening
            else:
                out.append(character)
        return "".join(out)
    return text


def english(text: str) -> str:
    """Half-width punctuation, one space between words, a capital at the start, "I"."""
    table = str.maketrans("，。！？；：（）、", ",.!?;:(),")
    text = text.translate(table).replace("……", "...").replace("…", "...")
    text = regex.sub(r"\s+", " ", text).strip()
    text = regex.sub(r"(?<=[,!?;:])(?=[A-Za-z])", " ", text)
    text = regex.sub(r"\s+(?=[,.!?;:)](?!\w))|(?<=\()\s+", "", text)
    text = regex.sub(r"\s+(?='(?:s|m|t|re|ve|ll|d)\b)", "", text, flags=regex.IGNORECASE)
    text = regex.sub(r"\bi\b(?=\s|'|$)", "I", text)
    text = regex.sub(r"(?<=[a-z]')(?:S|T|M|RE|VE|LL|D)\b", lambda m: m.group().lower(), text)
    if text and not text.startswith(("http", "⟦", "@", "#")):
        text = text[0].upper() + text[1:]
    return text


def end_mark(text: str) -> str:
    """The run of end marks that closes ``text``, or ""."""
    match = _END_MARKS.search(text)
    return match.group() if match else ""


def with_end_of(text: str, source: str, target: str) -> str:
    """``text`` closed as ``source`` is: "Hi!!" and "你好。" give "你好！"; nothing gives nothing.

    Args:
        target: "zh" for full-width marks, "en" for ASCII ones.
    """
    mark = end_mark(source)
    body = _END_MARKS.sub("", text)
    if not mark:
        return body if end_mark(text) in {".", "。"} else text
    if target == "zh":
        mark = regex.sub(r"[.!?]", lambda m: _ENDS[m.group()], mark)
        mark = "……" if mark.startswith(("。。", "…")) else mark
    else:
        mark = regex.sub(r"[。！？]", lambda m: _ENDS[m.group()], mark).replace("……", "...")
    asks = end_mark(text)[:1] in {"?", "？"} and mark[:1] in {".", "。"}
    return text if asks else body + mark
