"""Times another t-SNE implementation; started by bench/tsne.ts.

    python bench/peers/tsne_peer.py NAME points.f64 COLUMNS ITERATIONS out.f64

NAME is a key of PROGRAMS. Both files are raw float64, row-major. Prints one JSON
value; its seconds are those of the embedding without imports.
"""

import json
import os
import sys
import time

import numpy as np

PERPLEXITY = 30


def scikit_learn(iterations, threads):
    from sklearn.manifold import TSNE

    return TSNE(
        perplexity=PERPLEXITY,
        max_iter=iterations,
        n_iter_without_progress=iterations,
        random_state=0,
        n_jobs=threads,
    ).fit_transform


def open_tsne(iterations, threads, method):
    from openTSNE import TSNE

    early = min(250, iterations // 4)
    return TSNE(
        perplexity=PERPLEXITY,
        early_exaggeration_iter=early,
        n_iter=iterations - early,
        negative_gradient_method=method,
        random_state=0,
        n_jobs=threads,
    ).fit


PROGRAMS = {
    "scikit-learn": scikit_learn,
    "openTSNE": lambda *options: open_tsne(*options, "bh"),
    "openTSNE-FFT": lambda *options: open_tsne(*options, "fft"),
}


def main():
    name, source, columns, iterations, target = sys.argv[1:]
    points = np.fromfile(source, np.float64).reshape(-1, int(columns))
    fit = PROGRAMS[name](int(iterations), int(os.environ["OMP_NUM_THREADS"]))
    start = time.perf_counter()
    embedding = fit(points)
    seconds = time.perf_counter() - start
    np.ascontiguousarray(embedding, np.float64).tofile(target)
    print(json.dumps({"seconds": seconds}))


main()
