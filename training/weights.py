"""Carries weights between this model and CTranslate2's names."""

from __future__ import annotations

import numpy as np
import torch

from training.config import ModelConfig
from training.ctmodel import Weights
from training.model import Transformer


def ct_name(name: str) -> str:
    """CTranslate2's name of one of our parameters (``encoder.layer.0.ffn.linear_0.weight``)."""
    if name == "embedding":
        return "decoder/embeddings/weight"
    if name == "bias":
        return "decoder/projection/bias"
    path = name.replace(".layer.", ".layer_").replace(".", "/")
    if "layer_norm/" in path:
        path = path.replace("/weight", "/gamma").replace("/bias", "/beta")
    return path


def config_of(weights: Weights) -> ModelConfig:
    """The shape of the model that these weights belong to.

    Raises:
        ValueError: It is not a model that :class:`Transformer` can hold.
    """
    depth = {
        side: len(
            {
                n.split("/")[1]
                for n in weights
                if n.startswith(f"{side}/layer_") and n.split("/")[1] != "layer_norm"
            }
        )
        for side in ("encoder", "decoder")
    }
    checks = {
        "pre-norm": weights["encoder/pre_norm"] == 1 and weights["decoder/pre_norm"] == 1,
        "ReLU": weights["encoder/activation"] == 0,
        "scaled embeddings": weights["encoder/scale_embeddings"] == 1,
        "tied embeddings": np.array_equal(
            weights["encoder/embeddings_0/weight"], weights["decoder/projection/weight"]
        ),
    }
    if missing := [what for what, holds in checks.items() if not holds]:
        raise ValueError("cannot start from this package: it has no " + ", no ".join(missing))
    vocabulary, width = weights["decoder/embeddings/weight"].shape
    return ModelConfig(
        encoder_layers=depth["encoder"],
        decoder_layers=depth["decoder"],
        width=width,
        inner=weights["encoder/layer_0/ffn/linear_0/weight"].shape[0],
        heads=int(weights["encoder/num_heads"]),
        vocabulary=vocabulary,
    )


def load_weights(model: Transformer, weights: Weights) -> None:
    """Copies a package's weights into the model; every parameter must be there."""
    with torch.no_grad():
        for name, value in model.named_parameters():
            value.copy_(torch.from_numpy(weights[ct_name(name)].copy()))
