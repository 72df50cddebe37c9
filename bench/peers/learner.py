"""A network with its optimizer, as a careful user of PyTorch would train it."""

import torch
import torch._dynamo

from networks import build


# All networks share the code of their losses. Beyond this number of compiled versions,
# PyTorch would run the code eagerly.
torch._dynamo.config.recompile_limit = 100
torch._dynamo.config.fail_on_recompile_limit_hit = True


def layout_of(channelsLast):
    return torch.channels_last if channelsLast else torch.contiguous_format


class Learner:
    """Trains with SGD; `loss(network, images, targets)` is compiled if asked."""

    def __init__(self, loss, network, shape, channelsLast, compiled):
        self.model = build(network, shape, layout_of(channelsLast))
        # The fused optimizer is the fastest of the three kinds.
        self.optimizer = torch.optim.SGD(
            self.model.parameters(),
            0.01,
            0.9,
            nesterov=True,
            weight_decay=1e-4,
            fused=True,
        )
        self.loss = lambda images, targets: loss(self.model, images, targets)
        if compiled:
            self.loss = torch.compile(self.loss, dynamic=False)

    def parameters(self):
        return sum(p.numel() for p in self.model.parameters())

    def step(self, images, targets):
        self.optimizer.zero_grad()
        loss = self.loss(images, targets)
        loss.backward()
        self.optimizer.step()
        return loss.item()
