"""The synthetic study in vectorised PyTorch as one writes it, for comparison.

    python bench/peers/synthetic_plain_peer.py THREADS

All networks in one stack, batched products, autograd, torch.optim.Adam (fused), and
networks that leave the stack when they stop. All but the training is
synthetic_peer.py's, which says what is read and written, and trains the same by a
gradient written out by hand.
"""

from concurrent.futures import Executor

import numpy as np
import torch
from torch import Tensor

from synthetic_peer import (
    EPOCHS,
    PATIENCE,
    RATE,
    Data,
    Layers,
    batches,
    draw,
    forward,
    log_loss,
    main,
)


def train(layers: Layers, optimizer: torch.optim.Adam, x: Tensor, targets: Tensor):
    optimizer.zero_grad()
    logits = forward(layers, x)[1]
    log_loss(logits, targets).sum().backward()
    optimizer.step()


def leave(layers: Layers, optimizer: torch.optim.Adam, left: Tensor):
    """Layers and optimizer of the networks that are left."""
    kept = [rows.detach()[left].requires_grad_() for rows in layers]
    successor = torch.optim.Adam(kept, RATE, fused=True)
    for old, new in zip(layers, kept):
        state = optimizer.state[old]
        rows = {key: state[key][left] for key in ("exp_avg", "exp_avg_sq")}
        successor.state[new] = {"step": state["step"]} | rows
    return kept, successor


@torch.enable_grad()
def fit(_: Executor, data: Data, targets: Tensor, random: np.random.Generator):
    """Best weights by targets [r, classes, n], and epochs."""
    ids, loss = torch.arange(len(targets)), torch.full([len(targets)], torch.inf)
    reached = torch.zeros(len(targets))
    layers = [rows.requires_grad_() for rows in draw(len(targets), random)]
    best = [rows.detach().clone() for rows in layers]
    optimizer = torch.optim.Adam(layers, RATE, fused=True)
    for epoch in range(1, EPOCHS + 1):
        for x, some in batches(data, targets, random):
            train(layers, optimizer, x, some)
        with torch.no_grad():
            now = log_loss(forward(layers, data.held_x)[1], data.held_hot)
            better = now < loss[ids]
            winners = ids[better]
            loss[winners], reached[winners] = now[better], float(epoch)
            for kept, rows in zip(best, layers):
                kept[winners] = rows[better]
        left = epoch - reached[ids] < PATIENCE
        if not left.any():
            break
        if not left.all():
            ids, targets = ids[left], targets[left]
            layers, optimizer = leave(layers, optimizer, left)
    return best, (reached + PATIENCE).clamp_(max=EPOCHS)


if __name__ == "__main__":
    main(fit)
