import type { IdxCollection } from "../formats/idx_folder.ts";

/**
 * The part of Fashion-MNIST in the repository: 100 training and 20 test images per
 * class, selected by `tools/make_excerpt.ts`.
 */
export const EXCERPT: IdxCollection = {
  height: 28,
  width: 28,
  classes: 10,
  train: {
    images: {
      name: "train-images-idx3-ubyte",
      sha256:
        "f833861cf65c683893c1cdb0091edaed17fa30b362b40aa56ebb7f31c27d0ff8",
    },
    labels: {
      name: "train-labels-idx1-ubyte",
      sha256:
        "c419416857babdf202cb979d7fa66097a29d70c103207aed3061d0c57426138f",
    },
  },
  test: {
    images: {
      name: "t10k-images-idx3-ubyte",
      sha256:
        "b633c93ff5b7fd0be851926902e11edc37621902f35eb67bc3636c7148f36250",
    },
    labels: {
      name: "t10k-labels-idx1-ubyte",
      sha256:
        "4f4fd94b8a3b1c138e67028f7d191022aae91fd6a129aeeb88194a9f94392ea3",
    },
  },
};
