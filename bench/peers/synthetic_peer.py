"""Times PyTorch on one data set of the synthetic study, optimised for speed.

    python bench/peers/synthetic_peer.py THREADS

Trains 212 networks and 4 students, selects by validation loss and tests the selected
networks: networks stacked into batched products, hand-written gradients, fused Adam,
one thread per block of networks that fits into the cache, and networks that leave
their block when they stop.

Reads one JSON value per line, {"train": {"points", "labels", "posterior"},
"validation": {"points", "labels"}, "test": {"points", "labels", "sparse"}, "batch":
"full" or 32, "seed", "naive"}, with row-major arrays (points x0 y0 x1 y1 …), and
answers with one line, {"seconds", "networks", "epochs", "rows"}: seconds without
reading JSON, mean epochs per network. With "naive": true it instead trains the first
"limit" of the 212 networks one after another with torch.nn and torch.optim.Adam,
without rows. The first line of output is PyTorch's version.
"""

import copy
import ctypes
import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

WIDTHS, CLASSES, BINS = [2, 64, 64, 64, 64, 64, 3], 3, 15
RATE, EPOCHS, PATIENCE = 1e-2, 500, 10
ADAM = dict(lr=RATE, beta1=0.9, beta2=0.999, eps=1e-8, weight_decay=0.0)
ADAM |= dict(amsgrad=False, maximize=False)
BLOCK, POINTS = 32, 500  # networks trained and points tested together
BOUNDS = {"none": (1.0, 1.0), "wide": (0.05, 20.0), "published": (0.8, 3.0)}
AMOUNTS = [0.001, 0.005, 0.01, 0.03, 0.05, 0.07, 0.09, 0.11, 0.13, 0.15, 0.17, 0.19]
HEATS, LARGEST = [1.0, 2.0, 4.0, 6.0], 0.2
CURVES = [0.75, 0.775, 0.8, 0.825, 0.85], [0.75, 1.0, 1.25, 1.5, 1.75, 2.0]
GRIDS = {"ce": 1, "ls": 12, "ls-0.2": 1, "ils1": 30, "ils2": 48, "ilsq": 120}
STUDENTS = {f"student of {teacher}": 1 for teacher in ("bayes", "ce", "ls", "ilsq")}

# Weight and bias of each layer of stacked networks, [r, in, out] and [r, 1, out]; the
# last layer has [r, out, in] and [r, out, 1], so that logits are [r, classes, n].
Layers = list[Tensor]
Fit = Callable[..., tuple[Layers, Tensor]]


class Data(NamedTuple):
    x: Tensor  # [n, 2]
    hot: Tensor  # [classes, n]
    held_x: Tensor
    held_hot: Tensor
    batch: int


def read_points(part: dict) -> tuple[Tensor, Tensor]:
    hot = F.one_hot(torch.tensor(part["labels"]), CLASSES).T.float().contiguous()
    return torch.tensor(part["points"]).view(-1, 2), hot


def draw(count: int, random: np.random.Generator) -> Layers:
    """PyTorch's default initialisation: uniform in ±1/√inputs."""
    layers = []
    for a, b in zip(WIDTHS, WIDTHS[1:]):
        for shape in ((a, b), (1, b)) if b != CLASSES else ((b, a), (b, 1)):
            unit = torch.from_numpy(random.random((count, *shape), np.float32))
            layers.append(unit.sub_(0.5).mul_(2 / a**0.5))
    return layers


def forward(layers: Layers, x: Tensor) -> tuple[list[Tensor], Tensor]:
    """The input of each layer [r, n, in], and the logits."""
    inputs = [x.expand(len(layers[0]), -1, -1)]
    for weight, bias in zip(layers[0:-2:2], layers[1:-2:2]):
        inputs.append(torch.baddbmm(bias, inputs[-1], weight).relu_())
    return inputs, torch.baddbmm(layers[-1], layers[-2], inputs[-1].transpose(1, 2))


def gradient(layers: Layers, x: Tensor, targets: Tensor) -> Layers:
    inputs, logits = forward(layers, x)
    delta = logits.softmax(1).sub_(targets).div_(targets.shape[2])
    found = [delta.sum(2, keepdim=True), torch.bmm(delta, inputs[-1])]
    delta = torch.bmm(delta.transpose(1, 2), layers[-2])
    relu_backward = torch.ops.aten.threshold_backward.grad_input
    for depth in range(len(inputs) - 2, -1, -1):
        relu_backward(delta, inputs[depth + 1], 0, grad_input=delta)
        found.append(delta.sum(1, keepdim=True))
        found.append(torch.bmm(inputs[depth].transpose(1, 2), delta))
        if depth > 0:
            delta = torch.bmm(delta, layers[2 * depth].transpose(1, 2))
    return found[::-1]


def log_loss(logits: Tensor, hot: Tensor) -> Tensor:
    return (logits.log_softmax(1) * hot).sum((1, 2)).div_(-hot.shape[1])


def batches(data: Data, targets: Tensor, random: np.random.Generator):
    if data.batch == len(data.x):
        return [(data.x, targets)]
    rows = np.broadcast_to(np.arange(len(data.x)), (len(targets), len(data.x)))
    order = torch.from_numpy(random.permuted(rows, axis=1))
    targets = targets.gather(2, order[:, None].expand_as(targets))
    return zip(data.x[order].split(data.batch, 1), targets.split(data.batch, 2))


def leave(stack: list[Tensor], done: Tensor) -> list[Tensor]:
    """The stack without finished networks; the last networks take their places."""
    left = len(done) - int(done.sum())
    holes = done[:left].nonzero().squeeze(1)
    movers = (~done[left:]).nonzero().squeeze(1) + left
    for rows in stack if len(holes) > 0 else ():
        rows[holes] = rows[movers]
    return [rows[:left] for rows in stack]


@torch.inference_mode()
def fit_block(data: Data, targets: Tensor, random: np.random.Generator):
    r, step, first = len(targets), torch.zeros(()), draw(len(targets), random)
    best, reached = [t.clone() for t in first], torch.zeros(r)
    loss = torch.full([r], torch.inf)
    moments = [torch.zeros_like(t) for t in first * 2]
    stack, count = [torch.arange(r), targets.clone(), *first, *moments], len(first)
    for epoch in range(1, EPOCHS + 1):
        ids, targets, *rows = stack
        layers, means, squares = rows[:count], rows[count:-count], rows[-count:]
        for x, some in batches(data, targets, random):
            step += 1
            found, steps = gradient(layers, x, some), [step] * count
            torch._fused_adam_(layers, found, means, squares, [], steps, **ADAM)
        now = log_loss(forward(layers, data.held_x)[1], data.held_hot)
        better = (now < loss[ids]).nonzero().squeeze(1)
        winners = ids[better]
        loss[winners], reached[winners] = now[better], float(epoch)
        for kept, weights in zip(best, layers):
            kept[winners] = weights[better]
        done = epoch - reached[ids] >= PATIENCE
        if done.all():
            break
        stack = leave(stack, done) if done.any() else stack
    return best, (reached + PATIENCE).clamp_(max=EPOCHS)


def fit(pool: Executor, data: Data, targets: Tensor, random: np.random.Generator):
    """Best weights for targets [r, classes, n], and numbers of epochs."""
    count = -(-len(targets) // BLOCK)
    parts = targets.tensor_split(count + count % 2)  # the same for 1 and 2 threads
    blocks = pool.map(fit_block, [data] * len(parts), parts, random.spawn(len(parts)))
    best, epochs = zip(*blocks)
    return [torch.cat(same) for same in zip(*best)], torch.cat(epochs)


def both(some: Layers, others: Layers) -> Layers:
    return [torch.cat(same) for same in zip(some, others)]


def predict(pool: Executor, layers: Layers, x: Tensor) -> Tensor:
    logits = torch.inference_mode()(lambda part: forward(layers, part)[1])
    return torch.cat(list(pool.map(logits, x.split(POINTS))), 2)


def grid(*axes: list[float]) -> Tensor:
    """All combinations, [r, 1, 1] per axis."""
    points = torch.cartesian_prod(*(torch.tensor(axis) for axis in axes))
    return points.view(-1, len(axes)).T.reshape(len(axes), -1, 1, 1)


def even_targets(hot: Tensor) -> Tensor:
    (amounts,) = grid([0.0, *AMOUNTS, LARGEST])
    return hot * (1 - amounts) + amounts / CLASSES


def taught_targets(hot: Tensor, logits: Tensor, heat: Tensor) -> Tensor:
    """Targets of ILS1, ILS2 and ILSQ from the teacher's logits [classes, n] and T*."""
    sure = ((logits / heat).softmax(0) * hot).sum(0)
    wrong = logits.masked_fill(hot > 0, -torch.inf)

    def curve(p1: Tensor, p2: Tensor) -> Tensor:
        return (p2 * (sure - p1) ** 2).clamp(max=LARGEST)

    def spread(amount: Tensor, shape: Tensor) -> Tensor:
        return hot * (1 - amount) + amount * shape

    ils1 = spread(curve(*grid(*CURVES)), (1 - hot) / (CLASSES - 1))
    amount, t = grid(AMOUNTS, HEATS)
    ils2 = spread(amount, (wrong / t).softmax(1))
    p1, p2, t = grid(*CURVES, HEATS)
    ilsq = spread(curve(p1, p2), (wrong / t).softmax(1))
    return torch.cat([ils1, ils2, ilsq])


def fit_temperatures(logits: Tensor, hot: Tensor) -> Tensor:
    """T [r] that minimises the loss (convex in 1/T), by bisection of log T."""
    low, high = (torch.full([len(logits), 1, 1], t) for t in BOUNDS["wide"])
    for _ in range(30):
        heat = (low * high).sqrt()
        slope = (((logits / heat).softmax(1) - hot) * logits).sum((1, 2), keepdim=True)
        hotter = slope > 0
        low, high = torch.where(hotter, heat, low), torch.where(hotter, high, heat)
    return heat.flatten()


def choose(held: Tensor, hot: Tensor) -> list[dict]:
    """One row per bound of T and method, and one per student."""
    rows, fitted = [], fit_temperatures(held, hot)
    for bound, limits in BOUNDS.items():
        sizes = GRIDS | STUDENTS if bound == "none" else GRIDS
        heats, first = fitted.clamp(*limits), 0
        losses = log_loss(held / heats.view(-1, 1, 1), hot)
        for method, size in sizes.items():
            k = first + int(losses[first : first + size].argmin())
            row = {"method": method, "scaled": bound != "none", "bound": bound}
            row |= {"temperature": heats[k].item(), "validation": losses[k].item()}
            rows, first = [*rows, row | {"network": k}], first + size
    return rows


def gaps(groups: Tensor, p: Tensor, hits: Tensor) -> Tensor:
    """Sums of p - hits, [r, classes, bins], in bins of equal width."""
    bins = (p * BINS).ceil_().sub_(1).clamp_(0, BINS - 1).long()
    index, weights = (groups * BINS + bins).flatten(), (p - hits).flatten().double()
    sums = torch.bincount(index, weights, len(p) * CLASSES * BINS)
    return sums.view(len(p), CLASSES, BINS)


def scores(logits: Tensor, hot: Tensor, sparse: Tensor) -> list[dict[str, float]]:
    (r, _, n), logs, labels = logits.shape, logits.log_softmax(1), hot.argmax(0)
    (sure, guess), groups = logs.exp().max(1), torch.arange(r * CLASSES).view(r, -1, 1)
    right = (guess == labels).float()
    by_class = gaps(groups, logs.exp(), hot)
    by_label = gaps(groups[:, 0] + labels, sure, right)
    found = {
        "accuracy": right.mean(1),
        "dense": right[:, sparse == 0].mean(1),
        "sparse": right[:, sparse == 1].mean(1),
        "logLoss": (logs * hot).sum((1, 2)) / -n,
        "ece": by_label.sum(1).abs().sum(1) / n,
        "classwise": by_class.abs().sum((1, 2)) / (n * CLASSES),
        "labelConditional": (by_label.abs().sum(2) / hot.sum(1)).mean(1),
    }
    table = zip(*(value.tolist() for value in found.values()))
    return [dict(zip(found, values)) for values in table]


@torch.no_grad()
def study(pool: Executor, data: Data, task: dict, fit: Fit) -> dict:
    random, (test, hot) = np.random.default_rng(task["seed"]), read_points(task["test"])
    posterior = torch.tensor(task["train"]["posterior"]).view(1, -1, CLASSES)
    sparse, start = torch.tensor(task["test"]["sparse"]), time.perf_counter()
    even, epochs = fit(pool, data, even_targets(data.hot), random)
    teacher = [t[:1] for t in even]
    heat = fit_temperatures(predict(pool, teacher, data.held_x), data.held_hot)
    logits = predict(pool, teacher, data.x)[0]
    taught, more = fit(pool, data, taught_targets(data.hot, logits, heat), random)
    layers, epochs = both(even, taught), torch.cat([epochs, more])

    held = predict(pool, layers, data.held_x)
    losses = log_loss(held, data.held_hot)
    ilsq = len(losses) - GRIDS["ilsq"]
    chosen = [0, 1 + int(losses[1:13].argmin()), ilsq + int(losses[ilsq:].argmin())]
    soft = predict(pool, [t[chosen] for t in layers], data.x).softmax(1)
    soft = torch.cat([posterior.transpose(1, 2), soft])
    students, more = fit(pool, data, soft, random)
    layers, epochs = both(layers, students), torch.cat([epochs, more])

    held = torch.cat([held, predict(pool, students, data.held_x)])
    rows = choose(held, data.held_hot)
    tested = sorted({row["network"] for row in rows})
    logits = predict(pool, [t[tested] for t in layers], test)
    logits = logits[[tested.index(row["network"]) for row in rows]]
    logits /= torch.tensor([row["temperature"] for row in rows]).view(-1, 1, 1)
    rows = [row | found for row, found in zip(rows, scores(logits, hot, sparse))]
    return summary(start, epochs.tolist()) | {"rows": rows}


def summary(start: float, epochs: list[float]) -> dict:
    seconds, networks = time.perf_counter() - start, len(epochs)
    return {"seconds": seconds, "networks": networks, "epochs": sum(epochs) / networks}


def train_one(data: Data, targets: Tensor) -> tuple[nn.Module, int]:
    """Straightforward training of one network; also returns its epochs."""
    pairs = zip(WIDTHS, WIDTHS[1:])
    layers = [layer for a, b in pairs for layer in (nn.Linear(a, b), nn.ReLU())]
    model = nn.Sequential(*layers[:-1])
    optimizer = torch.optim.Adam(model.parameters(), RATE)
    best, reached, kept = float("inf"), 0, {}
    for epoch in range(1, EPOCHS + 1):
        for rows in torch.randperm(len(data.x)).split(data.batch):
            optimizer.zero_grad()
            F.cross_entropy(model(data.x[rows]), targets.T[rows]).backward()
            optimizer.step()
        with torch.no_grad():
            loss = F.cross_entropy(model(data.held_x), data.held_hot.T).item()
        if loss < best:
            best, reached, kept = loss, epoch, copy.deepcopy(model.state_dict())
        elif epoch - reached >= PATIENCE:
            break
    model.load_state_dict(kept)
    return model, epoch


def naive(data: Data, task: dict) -> dict:
    torch.manual_seed(task["seed"])
    start, targets, epochs = time.perf_counter(), even_targets(data.hot), []
    while len(epochs) < task["limit"]:
        model, epoch = train_one(data, targets[len(epochs)])
        epochs.append(epoch)
        if len(epochs) == 1:
            with torch.no_grad():
                logits, held = model(data.x).T, model(data.held_x).T
            heat = fit_temperatures(held[None], data.held_hot)
            targets = torch.cat([targets, taught_targets(data.hot, logits, heat)])
    return summary(start, epochs)


def keep_freed_memory() -> None:
    """Stops glibc from returning freed tensors, whose pages would be faulted again."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    for option, value in ((-1, 1 << 30), (-3, 1 << 25)) if mallopt else ():
        mallopt(option, value)  # M_TRIM_THRESHOLD, M_MMAP_THRESHOLD


def main(fit: Fit = fit) -> None:
    keep_freed_memory()
    torch.set_num_threads(1)
    pool = ThreadPoolExecutor(int(sys.argv[1]), None, torch.set_num_threads, (1,))
    print(json.dumps(torch.__version__), flush=True)
    for line in sys.stdin:
        task = json.loads(line)
        train, held = read_points(task["train"]), read_points(task["validation"])
        batch = len(train[0]) if task["batch"] == "full" else task["batch"]
        data = Data(*train, *held, batch)
        answer = naive(data, task) if task["naive"] else study(pool, data, task, fit)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
