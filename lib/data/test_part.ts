import { BadInput } from "../bad_input.ts";
import { stratifiedFolds } from "./folds.ts";
import { type ImageSet, takeImages } from "./image_set.ts";
import { membersByClass } from "./split.ts";

/** One sample in so many, as of the 70,000 images of Fashion-MNIST. */
const PARTS = 7;

/** One for all runs, so that every seed is judged on the same samples. */
const SEED = 1;

/**
 * Cuts a seventh off as the test part, the classes in proportion, always the
 * same one of the same data.
 *
 * @param size values of one image
 * @param source how errors call the data
 * @throws {BadInput} if there are fewer than 7 samples, or 2 of a class
 */
export function holdOutTestPart(
  { images, labels }: ImageSet,
  size: number,
  { source, classNames }: {
    readonly source: string;
    readonly classNames: readonly string[];
  },
): { train: ImageSet; test: ImageSet } {
  if (labels.length < PARTS) {
    throw new BadInput(
      `Cannot hold out a test part of ${source}: it has ${labels.length} ` +
        `samples, and needs ${PARTS} or more`,
    );
  }
  for (const [label, { length }] of membersByClass(labels)) {
    if (length > 1) continue;
    throw new BadInput(
      `Cannot hold out a test part of ${source}: class ${classNames[label]} ` +
        `has 1 sample, and needs 2 or more`,
    );
  }
  const folds = stratifiedFolds(labels, { folds: PARTS, seed: SEED });
  const take = (isTest: boolean): ImageSet => {
    const indices = Array.from(labels.keys())
      .filter((i) => (folds[i] === 0) === isTest);
    return {
      images: takeImages(images, indices, size),
      labels: Int32Array.from(indices, (i) => labels[i]),
    };
  };
  return { train: take(false), test: take(true) };
}
