"""The pipeline that makes the bundled translation packages: `python -m training --help`.

Stages, in order: prepare, vocabulary, train, export, evaluate; and two that make better data out
of a trained model: backtranslate, distil. Each can be killed and started again.

Nothing here is imported by the app. PyTorch and the rest come with `pip install .[training]`;
:mod:`training.split` alone needs no more than the standard library, because the benchmarks ask
it which lines are held out.
"""

#: Raised whenever the same inputs would give other outputs (cleaning, distortion, batching).
CODE_VERSION = 4
