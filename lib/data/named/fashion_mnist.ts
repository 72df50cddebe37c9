import type { IdxCollection } from "../formats/idx_folder.ts";

/** Class names of Fashion-MNIST, by label. */
export const FASHION_CLASSES: readonly string[] = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
];

/**
 * Fashion-MNIST, 60,000 training and 10,000 test images (Xiao, Rasul, Vollgraf
 * 2017, arXiv:1708.07747). Published archives differ in compression, so the checksums
 * are those of the decompressed files.
 */
export const FASHION_MNIST: IdxCollection = {
  height: 28,
  width: 28,
  classes: 10,
  train: {
    images: {
      name: "train-images-idx3-ubyte",
      sha256:
        "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    },
    labels: {
      name: "train-labels-idx1-ubyte",
      sha256:
        "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
    },
  },
  test: {
    images: {
      name: "t10k-images-idx3-ubyte",
      sha256:
        "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
    },
    labels: {
      name: "t10k-labels-idx1-ubyte",
      sha256:
        "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    },
  },
};
