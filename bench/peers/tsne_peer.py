"""Times another t-SNE implementation; started by bench/tsne.ts.

    python bench/peers/tsne_peer.py NAME points.f64 COLUMNS ITERATIONS out.f64

NAME is scikit-learn or openTSNE. Both files are raw float64, row-major. Prints
one JSON value; its seconds are those of the embedding without imports.
"""

import json
import os
import sys
import time

import numpy as np

PERPLEXITY = 30


def scikit_learn(points, iterations, threads):
    import sklearn
    from sklearn.manifold import TSNE

    learner = TSNE(
        perplexity=PERPLEXITY,
        max_iter=iterations,
        n_iter_without_progress=iterations,
        random_state=0,
        n_jobs=threads,
    )
    start = time.perf_counter()
    embedding = learner.fit_transform(points)
    seconds = time.perf_counter() - start
    return sklearn.__version__, seconds, learner.kl_divergence_, embedding


def open_tsne(points, iterations, threads):
    import openTSNE

    learner = openTSNE.TSNE(
        perplexity=PERPLEXITY,
        early_exaggeration_iter=250,
        n_iter=iterations - 250,
        random_state=0,
        n_jobs=threads,
    )
    start = time.perf_counter()
    embedding = learner.fit(points)
    seconds = time.perf_counter() - start
    return openTSNE.__version__, seconds, embedding.kl_divergence, embedding


def main():
    name, source, columns, iterations, target = sys.argv[1:]
    points = np.fromfile(source, np.float64).reshape(-1, int(columns))
    fit = {"scikit-learn": scikit_learn, "openTSNE": open_tsne}[name]
    threads = int(os.environ["OMP_NUM_THREADS"])
    version, seconds, reported, embedding = fit(points, int(iterations), threads)
    np.ascontiguousarray(embedding, np.float64).tofile(target)
    print(
        json.dumps(
            {
                "version": version,
                "seconds": seconds,
                "reported": float(reported),
                "threads": threads,
            }
        )
    )


main()
