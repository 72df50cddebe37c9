"""The networks of lib/models in PyTorch, by name."""

import torch
import torch.nn.functional as F
from torch import nn

CLASSES = 10


def mlp(channels, side):
    return nn.Sequential(
        nn.Flatten(),
        nn.Linear(channels * side * side, 256),
        nn.ReLU(),
        nn.Linear(256, 128),
        nn.ReLU(),
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


def activation(width):
    return [nn.BatchNorm2d(width), nn.ReLU()]


class DenseLayer(nn.Module):
    def __init__(self, inputs, growth, bottleneck):
        super().__init__()
        self.added = nn.Sequential(
            *activation(inputs),
            nn.Conv2d(inputs, bottleneck, 1, bias=False),
            *activation(bottleneck),
            nn.Conv2d(bottleneck, growth, 3, 1, 1, bias=False),
        )

    def forward(self, x):
        return torch.cat([x, self.added(x)], 1)


def densenet(channels, growth, stem, blocks):
    """DenseNet-BC: bottlenecks of 4 * growth, half the maps after a block."""
    layers = [nn.Conv2d(channels, stem, 3, 1, 1, bias=False)]
    width = stem
    for b, depth in enumerate(blocks):
        if b > 0:
            layers += activation(width)
            layers += [nn.Conv2d(width, width // 2, 1, bias=False)]
            layers += [nn.AvgPool2d(2)]
            width //= 2
        for _ in range(depth):
            layers += [DenseLayer(width, growth, 4 * growth)]
            width += growth
    return nn.Sequential(
        *layers,
        *activation(width),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(width, CLASSES),
    )


BUILDERS = {
    "mlp": mlp,
    "lenet": lenet,
    "shallownet": shallownet,
    "resnet8": lambda channels, _: resnet(channels, [16, 32, 64], 1),
    "densenet40": lambda channels, _: densenet(channels, 12, 24, [6, 6, 6]),
    "resnet18": lambda channels, _: resnet(channels, [64, 128, 256, 512], 2),
}


def build(network, shape, memory_format):
    """A network for images of shape [height, width, channels]."""
    height, _, channels = shape
    return BUILDERS[network](channels, height).to(memory_format=memory_format)
