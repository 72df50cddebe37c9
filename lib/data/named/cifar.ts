import type { CifarCollection } from "../formats/cifar.ts";

/** Address of both data sets. */
export const CIFAR_ADDRESS = "https://www.cs.toronto.edu/~kriz/";

/**
 * CIFAR-10, 50,000 training and 10,000 test images of 10 classes (Krizhevsky
 * 2009, "Learning Multiple Layers of Features from Tiny Images").
 *
 * The SHA-256 of the archive is pinned in TensorFlow Datasets
 * (url_checksums/cifar10.txt; the authors publish its MD5,
 * c32a1d4ab5d03f1284b67883e8d87530), those of its files in torchvision-ruby
 * (lib/torchvision/datasets/cifar10.rb).
 */
export const CIFAR10: CifarCollection = {
  height: 32,
  width: 32,
  labelBytes: 1,
  archive: {
    name: "cifar-10-binary.tar.gz",
    sha256: "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
  },
  inside: "cifar-10-batches-bin",
  train: [
    "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
    "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
    "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
    "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
    "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
  ].map((sha256, i) => ({
    name: `data_batch_${i + 1}.bin`,
    sha256,
    records: 10_000,
  })),
  test: [{
    name: "test_batch.bin",
    sha256: "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b",
    records: 10_000,
  }],
  namesFile: "batches.meta.txt",
  classNames: [
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
  ],
};

/**
 * CIFAR-100, 50,000 training and 10,000 test images of 100 classes (the "fine"
 * labels), by the same author in the same year.
 *
 * Checksums from the sources of `CIFAR10`; the published MD5 of the archive is
 * 03b5dce01913d631647c71ecec9e9cb8.
 */
export const CIFAR100: CifarCollection = {
  height: 32,
  width: 32,
  labelBytes: 2,
  archive: {
    name: "cifar-100-binary.tar.gz",
    sha256: "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec",
  },
  inside: "cifar-100-binary",
  train: [{
    name: "train.bin",
    sha256: "f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29",
    records: 50_000,
  }],
  test: [{
    name: "test.bin",
    sha256: "d8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a",
    records: 10_000,
  }],
  namesFile: "fine_label_names.txt",
  classNames: [
    ...["apple", "aquarium_fish", "baby", "bear", "beaver", "bed", "bee"],
    ...["beetle", "bicycle", "bottle", "bowl", "boy", "bridge", "bus"],
    ...["butterfly", "camel", "can", "castle", "caterpillar", "cattle"],
    ...["chair", "chimpanzee", "clock", "cloud", "cockroach", "couch", "crab"],
    ...["crocodile", "cup", "dinosaur", "dolphin", "elephant", "flatfish"],
    ...["forest", "fox", "girl", "hamster", "house", "kangaroo", "keyboard"],
    ...["lamp", "lawn_mower", "leopard", "lion", "lizard", "lobster", "man"],
    ...["maple_tree", "motorcycle", "mountain", "mouse", "mushroom"],
    ...["oak_tree", "orange", "orchid", "otter", "palm_tree", "pear"],
    ...["pickup_truck", "pine_tree", "plain", "plate", "poppy", "porcupine"],
    ...["possum", "rabbit", "raccoon", "ray", "road", "rocket", "rose", "sea"],
    ...["seal", "shark", "shrew", "skunk", "skyscraper", "snail", "snake"],
    ...["spider", "squirrel", "streetcar", "sunflower", "sweet_pepper"],
    ...["table", "tank", "telephone", "television", "tiger", "tractor"],
    ...["train", "trout", "tulip", "turtle", "wardrobe", "whale"],
    ...["willow_tree", "wolf", "woman", "worm"],
  ],
};
