"""Times epochs in PyTorch; started by bench/epochs.ts.

    python bench/peers/epochs_peer.py THREADS

A question is {"network", "batch", "shape", "images", "augment", "epochs",
"channelsLast", "compiled"} with shape [height, width, channels]. The program trains
for that many epochs on random bytes and soft targets, which are in memory, and
answers with {"parameters", "rate"}: the number of weights and the images per second of
the last epoch, null without one. A network is built at the first question about it and kept.

Each epoch shuffles. Each batch is taken from the bytes, cropped and flipped if asked,
and normalised; with compilation, normalisation is compiled too.
"""

import time

import torch
import torch.nn.functional as F

from learner import Learner, layout_of
from networks import CLASSES
from protocol import serve

PADDING = 4
MEAN = 0.5
STD = 0.29


class Images:
    """Random bytes; batches of them, cropped and flipped if asked."""

    def __init__(self, count, shape, channelsLast, augment):
        height, width, channels = shape
        size = (count, channels, height, width)
        data = torch.randint(0, 256, size, dtype=torch.uint8)
        self.augment = augment
        if augment:
            data = F.pad(data, (PADDING,) * 4)
        self.data = data.contiguous(memory_format=layout_of(channelsLast))
        # A view [count, channels, top, left, height, width] of all crops.
        self.crops = self.data.unfold(2, height, 1).unfold(3, width, 1)

    def batch(self, rows):
        if not self.augment:
            return self.data[rows]
        count = len(rows)
        top, left = torch.randint(0, 2 * PADDING + 1, (2, count))
        images = self.crops[rows, :, top, left]
        flip = torch.rand(count, 1, 1, 1) < 0.5
        return torch.where(flip, images.flip(3), images)


class Training:
    def __init__(
        self, network, batch, shape, images, augment, channelsLast, compiled
    ):
        channels = shape[2]
        scale = torch.full((channels, 1, 1), 1 / (255 * STD))
        shift = torch.full((channels, 1, 1), MEAN / STD)

        def loss(model, pixels, targets):
            normalised = pixels.float() * scale - shift
            return F.cross_entropy(model(normalised), targets)

        self.learner = Learner(loss, network, shape, channelsLast, compiled)
        self.images = Images(images, shape, channelsLast, augment)
        labels = torch.arange(images) % CLASSES
        one_hot = F.one_hot(labels, CLASSES).float()
        self.targets = 0.9 * one_hot + 0.1 / CLASSES
        self.batch = batch
        self.epoch()

    def epoch(self):
        """Images per second."""
        start = time.perf_counter()
        total = 0.0
        for rows in torch.randperm(len(self.targets)).split(self.batch):
            images = self.images.batch(rows)
            loss = self.learner.step(images, self.targets[rows])
            total += loss * len(rows)
        return len(self.targets) / (time.perf_counter() - start)


opened = {}


def answer(question):
    epochs = question.pop("epochs")
    key = str(question)
    if key not in opened:
        opened[key] = Training(**question)
    training = opened[key]
    rates = [training.epoch() for _ in range(epochs)]
    return {"parameters": training.learner.parameters(), "rate": rates[-1] if rates else None}


serve(answer)
