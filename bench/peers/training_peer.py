"""Times training steps in PyTorch; started by the benchmarks of training.

    python bench/peers/training_peer.py THREADS

A question is {"network", "batch", "shape", "channelsLast", "compiled", "seconds"}
with shape [height, width, channels]. The program takes one step that is not timed and
then steps for that many seconds, at least three; for 0 seconds only the first one. The
answer is {"parameters", "times"}: the number of weights and the milliseconds of each
timed step. A network is built at the first question about it and kept.
"""

import time

import torch
import torch.nn.functional as F

from learner import Learner, layout_of
from networks import CLASSES
from protocol import serve

WARM_UP = 3


def loss_of_batch(network, images, targets):
    return F.cross_entropy(network(images), targets)


def open_step(network, batch, shape, channelsLast, compiled):
    learner = Learner(loss_of_batch, network, shape, channelsLast, compiled)
    height, width, channels = shape
    images = torch.rand(batch, channels, height, width)
    images = images.contiguous(memory_format=layout_of(channelsLast))
    targets = F.one_hot(torch.arange(batch) % CLASSES, CLASSES).float()
    step = lambda: learner.step(images, targets)
    for _ in range(WARM_UP):
        step()
    return learner.parameters(), step


def timed(step, seconds):
    times = []
    end = time.perf_counter() + seconds
    while seconds > 0 and (len(times) < 3 or time.perf_counter() < end):
        start = time.perf_counter()
        step()
        times.append(1000 * (time.perf_counter() - start))
    return times


opened = {}


def answer(question):
    seconds = question.pop("seconds")
    key = str(question)
    if key not in opened:
        opened[key] = open_step(**question)
    parameters, step = opened[key]
    step()
    return {"parameters": parameters, "times": timed(step, seconds)}


serve(answer)
