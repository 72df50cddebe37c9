"""Times training steps in PyTorch; started by bench/training.ts.

    python bench/peers/training_peer.py THREADS

Reads one JSON value per line, {"network", "channelsLast", "batch", "shape",
"steps"} with shape [height, width, channels], and answers with one line: the
milliseconds of each step, after one that is not timed. Each network and its
optimizer are created once and kept. The first line of output is PyTorch's version.
"""

import json
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

CLASSES = 10


def shallownet(channels, side):
    widths = [channels, 32, 64, 128]
    blocks = [
        layer
        for a, b in zip(widths, widths[1:])
        for layer in (
            nn.Conv2d(a, b, 3, padding=1),
            nn.BatchNorm2d(b),
            nn.MaxPool2d(2),
            nn.ReLU(),
        )
    ]
    return nn.Sequential(
        *blocks,
        nn.Flatten(),
        nn.Linear(128 * (side // 8) ** 2, 128),
        nn.BatchNorm1d(128),
        nn.ReLU(),
        nn.Dropout(0.5),
        nn.Linear(128, CLASSES),
    )


def lenet(channels, side):
    return nn.Sequential(
        nn.Conv2d(channels, 6, 5, padding=2 if side < 32 else 0),
        nn.MaxPool2d(2),
        nn.ReLU(),
        nn.Conv2d(6, 16, 5),
        nn.MaxPool2d(2),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(400, 120),
        nn.ReLU(),
        nn.Linear(120, 84),
        nn.ReLU(),
        nn.Linear(84, CLASSES),
    )


class BasicBlock(nn.Module):
    def __init__(self, inputs, filters, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, filters, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(filters)
        self.shortcut = nn.Identity()
        if stride != 1 or inputs != filters:
            self.shortcut = nn.Sequential(
                nn.Conv2d(inputs, filters, 1, stride, bias=False),
                nn.BatchNorm2d(filters),
            )

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(y)) + self.shortcut(x))


def resnet(channels, widths, blocks):
    layers = [
        nn.Conv2d(channels, widths[0], 3, 1, 1, bias=False),
        nn.BatchNorm2d(widths[0]),
        nn.ReLU(),
    ]
    for s, (a, b) in enumerate(zip([widths[0], *widths], widths)):
        layers += [BasicBlock(a, b, 2 if s > 0 else 1)]
        layers += [BasicBlock(b, b, 1) for _ in range(blocks - 1)]
    return nn.Sequential(
        *layers,
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(widths[-1], CLASSES),
    )


BUILDERS = {
    "shallownet": shallownet,
    "lenet": lenet,
    "resnet8": lambda channels, _: resnet(channels, [16, 32, 64], 1),
    "resnet18": lambda channels, _: resnet(channels, [64, 128, 256, 512], 2),
}


def open_step(network, channelsLast, batch, shape, **_):
    height, width, channels = shape
    layout = torch.channels_last if channelsLast else torch.contiguous_format
    model = BUILDERS[network](channels, height).to(memory_format=layout)
    optimizer = torch.optim.SGD(
        model.parameters(), 0.01, 0.9, nesterov=True, weight_decay=1e-4
    )
    images = torch.rand(batch, channels, height, width)
    images = images.contiguous(memory_format=layout)
    targets = F.one_hot(torch.arange(batch) % CLASSES, CLASSES).float()

    def step():
        optimizer.zero_grad()
        loss = F.cross_entropy(model(images), targets)
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def main():
    torch.set_num_threads(int(sys.argv[1]))
    print(json.dumps(torch.__version__), flush=True)
    steps = {}
    for line in sys.stdin:
        task = json.loads(line)
        key = (task["network"], task["channelsLast"])
        if key not in steps:
            steps[key] = open_step(**task)
        step = steps[key]
        step()
        times = []
        for _ in range(task["steps"]):
            start = time.perf_counter()
            step()
            times.append(1000 * (time.perf_counter() - start))
        print(json.dumps(times), flush=True)


main()
