"""Questions and answers of the peers: one JSON value per line."""

import json
import sys

import torch


def serve(answer):
    """Sets the threads, prints PyTorch's version and answers each question."""
    torch.set_num_threads(int(sys.argv[1]))
    print(json.dumps(torch.__version__), flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
