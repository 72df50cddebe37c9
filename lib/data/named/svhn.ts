import type { SvhnCollection } from "../formats/svhn.ts";

/** Address of the authors' files. */
export const SVHN_ADDRESS = "http://ufldl.stanford.edu/housenumbers/";

/** Class names: the digits. */
export const SVHN_CLASSES: readonly string[] = [
  ...["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
];

/**
 * Street View House Numbers, cropped digits: 73,257 training and 26,032 test
 * images (Netzer, Wang, Coates, Bissacco, Wu, Ng 2011, "Reading Digits in
 * Natural Images with Unsupervised Feature Learning").
 *
 * The SHA-256 are pinned in TensorFlow Datasets (url_checksums/svhn_cropped.txt);
 * torchvision pins the MD5 e26dedcc434d2e4c54c9b2d4a06d8373,
 * eb5a983be6a315427106f1b164d9cef3 and, of "extra",
 * a93ce644f1a588dc4d68dda5feec44a7.
 */
export const SVHN: SvhnCollection = {
  height: 32,
  width: 32,
  train: [{
    name: "train_32x32.mat",
    sha256: "435e94d69a87fde4fd4d7f3dd208dfc32cb6ae8af2240d066de1df7508d083b8",
    images: 73_257,
  }],
  test: [{
    name: "test_32x32.mat",
    sha256: "cdce80dfb2a2c4c6160906d0bd7c68ec5a99d7ca4831afa54f09182025b6a75b",
    images: 26_032,
  }],
};

/** SVHN with 531,131 additional, easier training images, as in the study. */
export const SVHN_EXTRA: SvhnCollection = {
  ...SVHN,
  train: [...SVHN.train, {
    name: "extra_32x32.mat",
    sha256: "a133a4beb38a00fcdda90c9489e0c04f900b660ce8a316a5e854838379a71eb3",
    images: 531_131,
  }],
};
