"""The Transformer: pre-norm, ReLU, sinusoidal positions, one embedding matrix for everything.

The layout is CTranslate2's (packed query-key-value projections), so that weights travel between
a package and this model without arithmetic. Shapes: B sentences, T pieces, W width, V vocabulary.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.config import ModelConfig
from training.pieces import PAD

MAX_POSITIONS = 512


class MaskPool:
    """Dropout masks cut out of one pool of random numbers, instead of drawn for every call.

    PyTorch's Bernoulli draws on CPU cost as much as the matrix products; a slice at a random
    offset of a pool that is refilled now and then is as good for the purpose and nearly free.

    Attributes:
        p: Probability that a value is zeroed; the others are scaled by 1 / (1 - p).
    """

    def __init__(self, p: float, size: int = 1 << 22) -> None:
        self.p, self.size = p, size
        self._pool = torch.empty(0)
        self._generator = torch.Generator()

    def reseed(self, seed: int) -> None:
        """Draws the offsets that follow from ``seed``."""
        self._generator.manual_seed(seed)

    def refill(self, seed: int, device: torch.device, dtype: torch.dtype) -> None:
        """Draws a new pool from ``seed``."""
        keep = torch.rand(self.size, generator=torch.Generator().manual_seed(seed)) >= self.p
        self._pool = (keep.to(torch.float32) / (1 - self.p)).to(device=device, dtype=dtype)

    def __call__(self, x: Tensor) -> Tensor:
        """``x`` with dropout; on a GPU PyTorch's own, which is fast there."""
        if x.is_cuda:
            return F.dropout(x, self.p)
        count = x.numel()
        if self.p == 0:
            return x
        pool = self._pool
        if count >= self.size:  # a batch as large as this meets the pool more than once
            pool = pool.repeat(count // self.size + 2)
        at = int(torch.randint(len(pool) - count, (1,), generator=self._generator))
        return x * pool[at : at + count].view(x.shape).to(x.dtype)


def positions(width: int, count: int = MAX_POSITIONS) -> Tensor:
    """[count, W] sinusoids, sines first and cosines behind, counted from one (as CTranslate2)."""
    half = width // 2
    rates = torch.exp(torch.arange(half, dtype=torch.float64) * -(math.log(10000) / (half - 1)))
    angles = torch.arange(1, count + 1, dtype=torch.float64)[:, None] * rates[None, :]
    return torch.cat([angles.sin(), angles.cos()], dim=1).to(torch.float32)


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    """softmax(q kᵀ / √d + mask) v, all [B, heads, T, d].

    On a GPU this is PyTorch's fused kernel. On CPU that kernel's backward pass is several times
    slower than the plain products for sentences as short as ours (measured: 34 against 4 ms for
    256 sentences of 16 pieces on two cores), so there the products are written out.
    """
    if q.is_cuda:
        return F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    scores = torch.matmul(q, k.transpose(-1, -2)) * (q.shape[-1] ** -0.5) + mask
    return torch.matmul(torch.softmax(scores, dim=-1), v)


def causal_mask(length: int, like: Tensor) -> Tensor:
    """[1, 1, T, T]: minus infinity where a position would look ahead, zero elsewhere."""
    ahead = torch.full((length, length), float("-inf"), dtype=like.dtype, device=like.device)
    return ahead.triu(1)[None, None]


class SelfAttention(nn.Module):
    """Multi-head attention of a sequence to itself."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.layer_norm = nn.LayerNorm(width)
        self.linear_0 = nn.Linear(width, 3 * width)
        self.linear_1 = nn.Linear(width, width)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """[B, T, W] to [B, T, W]; ``mask`` is added to the scores."""
        b, t, w = x.shape
        packed = self.linear_0(self.layer_norm(x)).view(b, t, 3, self.heads, w // self.heads)
        q, k, v = packed.permute(2, 0, 3, 1, 4).unbind(0)
        y = attend(q, k, v, mask)
        out: Tensor = self.linear_1(y.transpose(1, 2).reshape(b, t, w))
        return out


class CrossAttention(nn.Module):
    """Multi-head attention of the decoder to the encoder's output."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.layer_norm = nn.LayerNorm(width)
        self.linear_0 = nn.Linear(width, width)
        self.linear_1 = nn.Linear(width, 2 * width)
        self.linear_2 = nn.Linear(width, width)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """[B, T, W] and [B, S, W] to [B, T, W]."""
        b, t, w = x.shape
        size = w // self.heads
        q = self.linear_0(self.layer_norm(x)).view(b, t, self.heads, size).transpose(1, 2)
        packed = self.linear_1(memory).view(b, memory.shape[1], 2, self.heads, size)
        k, v = packed.permute(2, 0, 3, 1, 4).unbind(0)
        y = attend(q, k, v, mask)
        out: Tensor = self.linear_2(y.transpose(1, 2).reshape(b, t, w))
        return out


class FeedForward(nn.Module):
    """Two linear layers with a ReLU between."""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.layer_norm = nn.LayerNorm(width)
        self.linear_0 = nn.Linear(width, inner)
        self.linear_1 = nn.Linear(inner, width)

    def forward(self, x: Tensor) -> Tensor:
        """[B, T, W] to [B, T, W]."""
        out: Tensor = self.linear_1(F.relu(self.linear_0(self.layer_norm(x)), inplace=True))
        return out


class EncoderLayer(nn.Module):
    """Self-attention and feed-forward, each added to its input."""

    def __init__(self, config: ModelConfig, drop: MaskPool) -> None:
        super().__init__()
        self.self_attention = SelfAttention(config.width, config.heads)
        self.ffn = FeedForward(config.width, config.inner)
        self._drop = drop

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """[B, S, W] to [B, S, W]."""
        y = self.self_attention(x, mask)
        x = x + (self._drop(y) if self.training else y)
        y = self.ffn(x)
        return x + (self._drop(y) if self.training else y)


class DecoderLayer(nn.Module):
    """Causal self-attention, attention to the source and feed-forward."""

    def __init__(self, config: ModelConfig, drop: MaskPool) -> None:
        super().__init__()
        self.self_attention = SelfAttention(config.width, config.heads)
        self.attention = CrossAttention(config.width, config.heads)
        self.ffn = FeedForward(config.width, config.inner)
        self._drop = drop

    def forward(self, x: Tensor, memory: Tensor, ahead: Tensor, mask: Tensor) -> Tensor:
        """[B, T, W] to [B, T, W]; padding behind a target needs no mask: nothing looks ahead."""
        y = self.self_attention(x, ahead)
        x = x + (self._drop(y) if self.training else y)
        y = self.attention(x, memory, mask)
        x = x + (self._drop(y) if self.training else y)
        y = self.ffn(x)
        return x + (self._drop(y) if self.training else y)


class Stack(nn.Module):
    """A list of layers and the norm behind them; its names are CTranslate2's."""

    def __init__(self, layers: list[nn.Module], width: int) -> None:
        super().__init__()
        self.layer = nn.ModuleList(layers)
        self.layer_norm = nn.LayerNorm(width)


class Transformer(nn.Module):
    """Both directions in one model; the source's first piece says which.

    Attributes:
        embedding: [V, W]; sources, targets and (transposed) the output share it.
        bias: [V], added to the output's scores.
        drop: The dropout masks; refill them before every update.
    """

    table: Tensor

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.drop = MaskPool(config.dropout)
        self.embedding = nn.Parameter(torch.empty(config.vocabulary, config.width))
        self.bias = nn.Parameter(torch.zeros(config.vocabulary))
        self.encoder = Stack(
            [EncoderLayer(config, self.drop) for _ in range(config.encoder_layers)], config.width
        )
        self.decoder = Stack(
            [DecoderLayer(config, self.drop) for _ in range(config.decoder_layers)], config.width
        )
        self.register_buffer("table", positions(config.width), persistent=False)
        self._initialise()

    def _initialise(self) -> None:
        nn.init.normal_(self.embedding, std=self.config.width**-0.5)
        depth = self.config.encoder_layers + self.config.decoder_layers
        for name, value in self.named_parameters():
            if value.ndim == 2 and name != "embedding":
                nn.init.xavier_uniform_(value)
                if name.endswith(("ffn.linear_1.weight", "attention.linear_1.weight")):
                    with torch.no_grad():
                        value.mul_((2 * depth) ** -0.5)
            elif name.endswith("bias"):
                nn.init.zeros_(value)

    def embed(self, ids: Tensor) -> Tensor:
        """[B, T] piece numbers to [B, T, W]."""
        x = F.embedding(ids, self.embedding) * math.sqrt(self.config.width)
        x = x + self.table[: ids.shape[1]].to(x.dtype)
        return self.drop(x) if self.training else x

    def encode(self, sources: Tensor) -> tuple[Tensor, Tensor]:
        """[B, S] padded sources to ([B, S, W] memory, [B, 1, 1, S] mask to add to scores)."""
        x = self.embed(sources)
        hidden = (sources == PAD)[:, None, None, :]
        mask = torch.zeros(hidden.shape, dtype=x.dtype, device=x.device)
        mask = mask.masked_fill(hidden, float("-inf"))
        for layer in self.encoder.layer:
            x = layer(x, mask)
        return self.encoder.layer_norm(x), mask

    def decode(self, targets: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """[B, T] what has been written so far to [B, T, W], before the output projection."""
        x = self.embed(targets)
        ahead = causal_mask(targets.shape[1], x)
        for layer in self.decoder.layer:
            x = layer(x, memory, ahead, mask)
        out: Tensor = self.decoder.layer_norm(x)
        return out

    def forward(self, sources: Tensor, targets: Tensor) -> Tensor:
        """[B, S] sources and [B, T] shifted targets to [B, T, W]."""
        memory, mask = self.encode(sources)
        return self.decode(targets, memory, mask)

    def scores(self, hidden: Tensor) -> Tensor:
        """[..., W] to [..., V] unnormalised log-probabilities."""
        return F.linear(hidden, self.embedding, self.bias)

    @torch.no_grad()
    def greedy(self, sources: Tensor, limit: int = 100) -> list[list[int]]:
        """The likeliest next piece, again and again: for checks, not for use."""
        from training.pieces import BOS, EOS

        memory, mask = self.encode(sources)
        written = torch.full((sources.shape[0], 1), BOS, device=sources.device)
        ended = torch.zeros(sources.shape[0], dtype=torch.bool, device=sources.device)
        for _ in range(limit):
            hidden = self.decode(written, memory, mask)[:, -1]
            following = self.scores(hidden).argmax(-1).masked_fill(ended, PAD)
            written = torch.cat([written, following[:, None]], dim=1)
            ended |= following == EOS
            if bool(ended.all()):
                break
        return [[n for n in row if n > EOS] for row in written.tolist()]
