"""The synthetic study in straightforward vectorised PyTorch, for comparison.

    python bench/peers/synthetic_plain_peer.py THREADS

All networks in one stack, torch.bmm, autograd, torch.optim.Adam, and networks that
leave the stack when they stop. Everything except training is imported from
synthetic_peer.py, which documents input and output and trains the same networks
optimised for speed.
"""

from concurrent.futures import Executor

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from synthetic_peer import EPOCHS, PATIENCE, RATE, Data, Layers, draw, main


def forward(layers: Layers, x: Tensor) -> Tensor:
    """Logits [r, n, classes] of points [r, n, 2]."""
    for weight, bias in zip(layers[0:-2:2], layers[1:-2:2]):
        x = F.relu(torch.bmm(x, weight) + bias)
    return torch.bmm(x, layers[-2]) + layers[-1]


def log_loss(logits: Tensor, targets: Tensor) -> Tensor:
    """Log loss of each network, [r]; targets [r, n, classes]."""
    return -(F.log_softmax(logits, 2) * targets).sum(2).mean(1)


def batches(data: Data, targets: Tensor, random: np.random.Generator):
    count, n = len(targets), len(data.x)
    if data.batch == n:
        return [(data.x.expand(count, -1, -1), targets)]
    rows = np.broadcast_to(np.arange(n), (count, n))
    order = torch.from_numpy(random.permuted(rows, axis=1))
    targets = targets.gather(1, order[:, :, None].expand_as(targets))
    return zip(data.x[order].split(data.batch, 1), targets.split(data.batch, 1))


def leave(layers: Layers, optimizer: torch.optim.Adam, left: Tensor):
    """Layers and optimizer of the remaining networks."""
    kept = [rows.detach()[left].requires_grad_() for rows in layers]
    successor = torch.optim.Adam(kept, RATE)
    for old, new in zip(layers, kept):
        state = optimizer.state[old]
        rows = {key: state[key][left] for key in ("exp_avg", "exp_avg_sq")}
        successor.state[new] = {"step": state["step"]} | rows
    return kept, successor


@torch.enable_grad()
def fit(_: Executor, data: Data, targets: Tensor, random: np.random.Generator):
    """Best weights for targets [r, classes, n], and numbers of epochs."""
    count, targets = len(targets), targets.transpose(1, 2)
    held_x, held = data.held_x.expand(count, -1, -1), data.held_hot.T
    ids, loss = torch.arange(count), torch.full([count], torch.inf)
    reached = torch.zeros(count)
    layers = [rows.requires_grad_() for rows in flipped(draw(count, random))]
    best = [rows.detach().clone() for rows in layers]
    optimizer = torch.optim.Adam(layers, RATE)
    for epoch in range(1, EPOCHS + 1):
        for x, some in batches(data, targets, random):
            optimizer.zero_grad()
            log_loss(forward(layers, x), some).sum().backward()
            optimizer.step()
        with torch.no_grad():
            now = log_loss(forward(layers, held_x[: len(ids)]), held)
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
    return flipped(best), (reached + PATIENCE).clamp_(max=EPOCHS)


def flipped(layers: Layers) -> Layers:
    """Transposes the last layer, as synthetic_peer.py expects it."""
    *others, weight, bias = layers
    return [*others, *(rows.transpose(1, 2).contiguous() for rows in (weight, bias))]


if __name__ == "__main__":
    main(fit)
