/** A published mean over 3 runs and the sample standard deviation. */
export interface Published {
  readonly mean: number;
  readonly stdev: number;
}

/**
 * A standard deviation as printed. For the student's accuracy it is in per cent
 * for ResNet50 and a fraction for the other networks: otherwise 93.5 ± .0008
 * would mean a thousandth of a per cent over three runs. The smallest of the
 * former is .05, the largest of the latter .02.
 */
export interface PrintedStdev {
  readonly value: number;
  readonly unit: "per cent" | "fraction";
}

/** A student's standard deviation from here on is read as per cent. */
const MIN_PER_CENT = 0.05;

/** One published row of the study's table of real data. */
export interface PublishedRow {
  readonly dataset: "CIFAR-10" | "CIFAR-100" | "Fashion-MNIST";
  readonly network: "ResNet18" | "InceptionV4" | "ResNet50" | "DenseNet";
  readonly method: "ce" | "ls" | "ils";
  /** Whether temperature scaling was applied. */
  readonly scaled: boolean;
  /** Fraction in [0, 1]. */
  readonly accuracy: Published;
  readonly logLoss: Published;
  /** Expected calibration error over 10 bins. */
  readonly ece: Published;
  /** Accuracy of the shallow student, as a fraction. */
  readonly studentAccuracy: Published;
  /** The number printed after its "±"; its accuracy is printed in per cent. */
  readonly studentStdevPrinted: PrintedStdev;
  readonly studentLogLoss: Published;
}

type Numbers = readonly [
  accuracyPercent: number,
  accuracyPercentStdev: number,
  logLoss: number,
  logLossStdev: number,
  ece: number,
  eceStdev: number,
  studentPercent: number,
  studentStdevAsPrinted: number,
  studentLogLoss: number,
  studentLogLossStdev: number,
];

/** Two rows per method: without and with temperature scaling. */
type Block = Readonly<
  Record<PublishedRow["method"], readonly [Numbers, Numbers]>
>;

const CIFAR10_RESNET18: Block = {
  ce: [
    [88.81, 0.75, 0.362, 0.0165, 0.042, 0.0027, 84.11, 0.02, 0.972, 0.024],
    [88.81, 0.75, 0.327, 0.0179, 0.006, 0.003, 84.04, 0.02, 0.972, 0.0422],
  ],
  ls: [
    [89.82, 1.03, 0.317, 0.0271, 0.025, 0.0021, 84.76, 0.02, 0.951, 0.0168],
    [89.82, 1.03, 0.316, 0.0289, 0.023, 0.0045, 84.72, 0.01, 0.958, 0.0253],
  ],
  ils: [
    [90.65, 0.36, 0.303, 0.0101, 0.014, 0.0018, 85.61, 0.01, 0.942, 0.0217],
    [90.65, 0.36, 0.316, 0.0097, 0.033, 0.0004, 85.06, 0.01, 0.952, 0.0209],
  ],
};

const CIFAR10_INCEPTIONV4: Block = {
  ce: [
    [84.01, 1.22, 0.501, 0.0273, 0.05, 0.0071, 82.19, 0.0134, 0.999, 0.027],
    [84.01, 1.22, 0.466, 0.0333, 0.012, 0.0058, 85.81, 0.0107, 0.929, 0.0161],
  ],
  ls: [
    [85.58, 0.36, 0.438, 0.0098, 0.0282, 0.0073, 83.92, 0.0017, 0.964, 0.0014],
    [85.58, 0.36, 0.449, 0.0149, 0.044, 0.0088, 84.61, 0.0155, 0.953, 0.0216],
  ],
  ils: [
    [85.63, 0.95, 0.431, 0.0195, 0.027, 0.0037, 85.25, 0.0043, 0.921, 0.0067],
    [85.63, 0.95, 0.452, 0.0333, 0.039, 0.0019, 85.56, 0.0168, 0.944, 0.0243],
  ],
};

const CIFAR100_RESNET50: Block = {
  ce: [
    [62.12, 2.64, 1.664, 0.0153, 0.159, 0.0209, 60.58, 0.43, 1.486, 0.0064],
    [62.12, 2.64, 1.397, 0.0766, 0.033, 0.0202, 60.64, 0.15, 1.478, 0.0082],
  ],
  ls: [
    [68.16, 1.93, 1.325, 0.0892, 0.041, 0.0045, 60.42, 0.6, 1.483, 0.0148],
    [68.16, 1.93, 1.325, 0.0836, 0.083, 0.0129, 60.38, 0.34, 1.487, 0.0109],
  ],
  ils: [
    [67.36, 1.52, 1.35, 0.057, 0.049, 0.0098, 60.52, 0.45, 1.48, 0.0048],
    [67.36, 1.52, 1.201, 0.0582, 0.029, 0.0006, 60.84, 0.05, 1.478, 0.0033],
  ],
};

const FASHIONMNIST_DENSENET: Block = {
  ce: [
    [92.68, 0.88, 0.22, 0.0056, 0.026, 0.004, 93.5, 0.003, 0.725, 0.0033],
    [92.68, 0.88, 0.247, 0.0804, 0.025, 0.0246, 93.5, 0.0021, 0.727, 0.0115],
  ],
  ls: [
    [92.52, 0.19, 0.223, 0.0035, 0.01, 0.0037, 93.5, 0.0041, 0.722, 0.0096],
    [92.52, 0.19, 0.326, 0.1558, 0.04, 0.0157, 93.3, 0.0101, 0.719, 0.0204],
  ],
  ils: [
    [93.96, 0.16, 0.203, 0.001, 0.01, 0.0009, 93.5, 0.0008, 0.703, 0.012],
    [93.96, 0.16, 0.215, 0.0167, 0.029, 0.0047, 93.6, 0.0021, 0.714, 0.0034],
  ],
};

/**
 * The study's 24 rows on real images, from its repository's README of 2020:
 * means and standard deviations of 3 runs.
 *
 * @see https://github.com/mmaher22/Instance-based-label-smoothing
 */
export const PUBLISHED_ROWS: readonly PublishedRow[] = [
  ...rowsOf("CIFAR-10", "ResNet18", CIFAR10_RESNET18),
  ...rowsOf("CIFAR-10", "InceptionV4", CIFAR10_INCEPTIONV4),
  ...rowsOf("CIFAR-100", "ResNet50", CIFAR100_RESNET50),
  ...rowsOf("Fashion-MNIST", "DenseNet", FASHIONMNIST_DENSENET),
];

function rowsOf(
  dataset: PublishedRow["dataset"],
  network: PublishedRow["network"],
  block: Block,
): PublishedRow[] {
  return (["ce", "ls", "ils"] as const).flatMap((method) =>
    block[method].map((numbers, i) => ({
      dataset,
      network,
      method,
      scaled: i === 1,
      ...named(numbers),
    }))
  );
}

function named(numbers: Numbers) {
  const [accuracy, accuracySd, loss, lossSd, ece, eceSd, ...student] = numbers;
  const [studentPercent, studentSd, studentLoss, studentLossSd] = student;
  const perCent = studentSd >= MIN_PER_CENT;
  return {
    accuracy: { mean: accuracy / 100, stdev: accuracySd / 100 },
    logLoss: { mean: loss, stdev: lossSd },
    ece: { mean: ece, stdev: eceSd },
    studentAccuracy: {
      mean: studentPercent / 100,
      stdev: perCent ? studentSd / 100 : studentSd,
    },
    studentStdevPrinted: {
      value: studentSd,
      unit: perCent ? "per cent" as const : "fraction" as const,
    },
    studentLogLoss: { mean: studentLoss, stdev: studentLossSd },
  };
}
