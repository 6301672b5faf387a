"""Label-smoothed cross-entropy whose gradient is made in the same pass, a slice at a time.

The scores of 4,000 positions over 9,000 pieces are by far the largest values of an update. Made a
few hundred positions at a time, turned into their own gradient at once, and multiplied back, they
stay in the processor's cache and are never kept.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

#: Positions in a slice: what fits a processor's cache, and what fills a GPU.
SLICE, SLICE_CUDA = 512, 8192


class _SmoothedLoss(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, hidden: Tensor, weight: Tensor, bias: Tensor, gold: Tensor, smoothing: float
    ) -> tuple[Tensor, Tensor]:
        count, vocabulary = hidden.shape[0], weight.shape[0]
        d_hidden = torch.empty_like(hidden)
        d_weight = torch.zeros(weight.shape, dtype=torch.float32, device=weight.device)
        d_bias = torch.zeros(vocabulary, dtype=torch.float32, device=weight.device)
        loss = torch.zeros((), dtype=torch.float32, device=weight.device)
        plain = torch.zeros((), dtype=torch.float32, device=weight.device)
        rest = smoothing / vocabulary
        size = SLICE_CUDA if hidden.is_cuda else SLICE
        for start in range(0, count, size):
            h, y = hidden[start : start + size], gold[start : start + size, None]
            scores = torch.addmm(bias, h, weight.t()).float()
            total = torch.logsumexp(scores, dim=1, keepdim=True)
            chosen = total - scores.gather(1, y)
            plain += chosen.sum()
            loss += (1 - smoothing) * chosen.sum()
            loss += rest * (total.sum() * vocabulary - scores.sum())
            scores.sub_(total).exp_().sub_(rest)
            scores.scatter_add_(1, y, torch.full_like(scores[:, :1], smoothing - 1))
            d_bias += scores.sum(0)
            d_scores = scores.to(hidden.dtype)
            torch.mm(d_scores, weight, out=d_hidden[start : start + size])
            d_weight += torch.mm(d_scores.t(), h)
        ctx.save_for_backward(d_hidden, d_weight, d_bias)
        ctx.kinds = (weight.dtype, bias.dtype)
        ctx.mark_non_differentiable(plain)
        return loss, plain

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, Tensor, Tensor, None, None]:
        d_hidden, d_weight, d_bias = ctx.saved_tensors
        scale = grads[0]
        weight_type, bias_type = ctx.kinds
        return (
            d_hidden * scale.to(d_hidden.dtype),
            (d_weight * scale).to(weight_type),
            (d_bias * scale).to(bias_type),
            None,
            None,
        )


def smoothed_loss(
    hidden: Tensor, weight: Tensor, bias: Tensor, gold: Tensor, smoothing: float
) -> tuple[Tensor, Tensor]:
    """Sums over positions of (smoothed loss, plain negative log-likelihood), in nats.

    Args:
        hidden: [N, W], the decoder's output at positions that count.
        weight: [V, W]; bias: [V].
        gold: [N] the right pieces.
        smoothing: Share of the probability spread evenly over all V pieces.
    """
    out: tuple[Tensor, Tensor] = _SmoothedLoss.apply(hidden, weight, bias, gold, smoothing)  # type: ignore[no-untyped-call]
    return out
