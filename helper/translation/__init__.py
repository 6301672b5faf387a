"""English⇄Chinese: protect → sentences → memory → engine → restore → polish.

The public face: ``Translator`` and the result types.
"""

from helper.translation.result import Origin, Sentence, Translation
from helper.translation.translator import Translator

__all__ = ["Origin", "Sentence", "Translation", "Translator"]
