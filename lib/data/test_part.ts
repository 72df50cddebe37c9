import { BadInput } from "../bad_input.ts";
import { stratifiedFolds } from "./folds.ts";
import { type ImageSet, takeImages } from "./image_set.ts";
import { membersByClass } from "./split.ts";

/** One sample in seven is for testing, as in Fashion-MNIST with 70,000 images. */
const PARTS = 7;

/** The same for all runs, so that all seeds are tested on the same samples. */
const SEED = 1;

/**
 * Holds out a seventh of the samples for testing, stratified by class and always the
 * same for the same data.
 *
 * @param size number of values of an image
 * @param source name of the data in messages
 * @throws {BadInput} if there are fewer than 7 samples, or fewer than 2 of a class
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
        `samples but needs ${PARTS} or more`,
    );
  }
  for (const [label, { length }] of membersByClass(labels)) {
    if (length > 1) continue;
    throw new BadInput(
      `Cannot hold out a test part of ${source}: class ${classNames[label]} ` +
        `has 1 sample but needs 2 or more`,
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
