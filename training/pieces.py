"""The joint vocabulary: text to piece numbers and back.

One SentencePiece model serves both languages and both sides. Its normaliser (NFKC with case
folding) applies to the *source* side only, because argostranslate hands the model raw text and
the user's capitals and full-width letters should not matter. The *target* side must keep its
capitals and its full-width punctuation, so it is encoded by a second view of the same model from
which the normaliser's table is taken out; what that view yields for 「你好，世界」 is ▁你好 ， 世界
instead of ▁你好 , 世界. The decoder joins pieces and turns ▁ into a space.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import sentencepiece

PAD, UNKNOWN, BOS, EOS = 0, 1, 2, 3
TAGS = {"zh": 4, "en": 5}
CONTROLS = ("<pad>", "<unk>", "<s>", "</s>", "<2zh>", "<2en>")
PLACEHOLDERS = tuple(f"⟦{n}⟧" for n in range(1, 6))

NORMALISER_FIELD = 3  # ModelProto.normalizer_spec
_TABLE_FIELD = 2  # NormalizerSpec.precompiled_charsmap


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _to_varint(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def message_fields(message: bytes) -> list[tuple[int, bytes, bytes]]:
    """A protobuf message's fields: (number, the whole field, its payload if it has a length)."""
    fields, at = [], 0
    while at < len(message):
        start = at
        key, at = _varint(message, at)
        payload = b""
        match key & 7:
            case 0:
                _, at = _varint(message, at)
            case 1:
                at += 8
            case 2:
                length, at = _varint(message, at)
                payload = message[at : at + length]
                at += length
            case 5:
                at += 4
            case wire:
                raise ValueError(f"not a SentencePiece model (wire type {wire})")
        fields.append((key >> 3, message[start:at], payload))
    return fields


def without_normaliser(model: bytes) -> bytes:
    """The same SentencePiece model, but its normaliser changes no character."""
    out = bytearray()
    for number, whole, payload in message_fields(model):
        if number == NORMALISER_FIELD:
            kept = b"".join(w for n, w, _ in message_fields(payload) if n != _TABLE_FIELD)
            out += bytes([NORMALISER_FIELD << 3 | 2]) + _to_varint(len(kept)) + kept
        else:
            out += whole
    return bytes(out)


class Pieces:
    """Encodes sources and targets, decodes targets.

    Attributes:
        size: Number of pieces.
        model: The SentencePiece model as bytes, as packages carry it.
    """

    def __init__(self, model: bytes) -> None:
        self.model = model
        self._source = sentencepiece.SentencePieceProcessor(model_proto=model)
        self._target = sentencepiece.SentencePieceProcessor(model_proto=without_normaliser(model))
        self.size = int(self._source.get_piece_size())
        found = tuple(self._source.id_to_piece(n) for n in range(min(11, self.size)))
        if found != CONTROLS + PLACEHOLDERS:
            raise ValueError(f"the vocabulary does not begin with our control pieces: {found}")

    @classmethod
    def load(cls, path: Path) -> Pieces:
        """Reads a `sentencepiece.model`."""
        return cls(path.read_bytes())

    def vocabulary(self) -> list[str]:
        """Every piece in order of its number."""
        return [str(self._source.id_to_piece(n)) for n in range(self.size)]

    def sources(self, lines: Sequence[str], target: str) -> list[list[int]]:
        """Source sides with the tag of the language to translate into before, </s> behind."""
        tag = TAGS[target]
        return [[tag, *ids, EOS] for ids in self._source.encode(list(lines), out_type=int)]

    def targets(self, lines: Sequence[str]) -> list[list[int]]:
        """Target sides: <s> before, </s> behind; the decoder reads all but the last piece and
        predicts all but the first."""
        return [[BOS, *ids, EOS] for ids in self._target.encode(list(lines), out_type=int)]

    def text(self, ids: Sequence[int]) -> str:
        """The text of a target's pieces; control pieces are left out."""
        pieces = (self._target.id_to_piece(n) for n in ids if n >= len(CONTROLS))
        return "".join(pieces).replace("▁", " ").strip()
