"""Times training steps in PyTorch; started by the benchmarks of training.

    python bench/peers/training_peer.py THREADS

Reads one JSON value per line: {"network", "batch", "shape", "channelsLast",
"compiled", "seconds"} with shape [height, width, channels]. Takes one step that is
not timed and then steps for that many seconds, at least three; for 0 seconds only
the first one. Answers with one line: {"parameters", "times"}, the number of weights
and the milliseconds of each timed step. A network with its optimizer is built at the
first question about it and kept. The first line of output is PyTorch's version.
"""

import json
import sys
import time

import torch
import torch.nn.functional as F

from networks import CLASSES, build, count_parameters

WARM_UP = 3


class Learner:
    def __init__(self, network, batch, shape, channelsLast, compiled, **_):
        layout = torch.channels_last if channelsLast else torch.contiguous_format
        height, width, channels = shape
        self.model = build(network, shape, layout)
        self.optimizer = torch.optim.SGD(
            self.model.parameters(),
            0.01,
            0.9,
            nesterov=True,
            weight_decay=1e-4,
            fused=True,
        )
        images = torch.rand(batch, channels, height, width)
        self.images = images.contiguous(memory_format=layout)
        self.targets = F.one_hot(torch.arange(batch) % CLASSES, CLASSES).float()
        self.loss = self.loss_of_batch
        if compiled:
            self.loss = torch.compile(self.loss_of_batch, dynamic=False)
        for _ in range(WARM_UP):
            self.step()

    def loss_of_batch(self, images, targets):
        return F.cross_entropy(self.model(images), targets)

    def step(self):
        self.optimizer.zero_grad()
        loss = self.loss(self.images, self.targets)
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def times(self, seconds):
        times = []
        end = time.perf_counter() + seconds
        while seconds > 0 and (len(times) < 3 or time.perf_counter() < end):
            start = time.perf_counter()
            self.step()
            times.append(1000 * (time.perf_counter() - start))
        return times


def main():
    torch.set_num_threads(int(sys.argv[1]))
    print(json.dumps(torch.__version__), flush=True)
    learners = {}
    for line in sys.stdin:
        task = json.loads(line)
        key = (task["network"], task["channelsLast"], task["compiled"])
        if key not in learners:
            learners[key] = Learner(**task)
        learner = learners[key]
        learner.step()
        answer = {
            "parameters": count_parameters(learner.model),
            "times": learner.times(task["seconds"]),
        }
        print(json.dumps(answer), flush=True)


main()
