import { rowKeys } from "../../row_keys.ts";
import type { ImageSet, PixelData } from "../image_set.ts";

/** Your own samples before a test part is held out. */
export interface NamedSamples {
  readonly train: ImageSet;
  readonly test: ImageSet | undefined;
  /** Number of values of a sample. */
  readonly size: number;
  /** Whether they are feature vectors. */
  readonly vectors: boolean;
  /** The name of a sample of a part, such as its file. */
  readonly nameOf: (part: "train" | "test", index: number) => string;
}

/** Share of repeated feature vectors from which repeats are chance. */
const COARSE = 0.01;

/** A sample and an earlier one with the same values. */
interface Repeat {
  readonly index: number;
  readonly of: number;
}

/**
 * What is wrong with samples that occur more than once, in a sentence each: test samples
 * that are also training samples, and training samples that repeat, of which validation
 * samples are drawn. Feature vectors of coarse numbers repeat by chance, so they are
 * not compared.
 */
export function repeatRemarks(samples: NamedSamples): string[] {
  const { train, test, size, vectors, nameOf } = samples;
  const what = vectors ? "rows" : "images";
  const keys = keysOf(train, size);
  const { within, first } = repeatsWithin(train, keys, size);
  if (vectors && within.length > COARSE * keys.length) return [];
  const shared = test === undefined ? [] : repeatsIn(test, train, first, size);
  const remarks: string[] = [];
  if (shared.length > 0) {
    const [{ index, of }] = shared;
    remarks.push(
      `${shared.length} of ${test!.labels.length} test ${what} are also ` +
        `training ${what}, such as ${nameOf("test", index)} ` +
        `(${nameOf("train", of)}): test scores will be too good`,
    );
  }
  if (within.length > 0) {
    const [{ index, of }] = within;
    const parts = test === undefined ? "validation and test" : "validation";
    remarks.push(
      `${within.length} of ${keys.length} training ${what} are copies of ` +
        `others, such as ${nameOf("train", index)} (${nameOf("train", of)}): ` +
        `${parts} ${what} are drawn from these, so some will be trained on too`,
    );
  }
  return remarks;
}

function keysOf({ images, labels }: ImageSet, size: number): Float64Array {
  return rowKeys({ data: images, rows: labels.length, columns: size });
}

/** Repeats of earlier samples of a set, and the first sample of each key. */
function repeatsWithin(set: ImageSet, keys: Float64Array, size: number) {
  const first = new Map<number, number>();
  const within: Repeat[] = [];
  keys.forEach((key, index) => {
    const of = first.get(key);
    if (of === undefined) first.set(key, index);
    else if (isEqual(set.images, set.images, { index, of }, size)) {
      within.push({ index, of });
    }
  });
  return { within, first };
}

/** Samples that are also in another set, of which `first` has a sample of each key. */
function repeatsIn(
  set: ImageSet,
  other: ImageSet,
  first: ReadonlyMap<number, number>,
  size: number,
): Repeat[] {
  return [...keysOf(set, size)].flatMap((key, index) => {
    const of = first.get(key);
    if (of === undefined) return [];
    const repeat = { index, of };
    return isEqual(set.images, other.images, repeat, size) ? [repeat] : [];
  });
}

function isEqual(
  images: PixelData,
  others: PixelData,
  { index, of }: Repeat,
  size: number,
): boolean {
  for (let i = 0; i < size; i++) {
    if (images[index * size + i] !== others[of * size + i]) return false;
  }
  return true;
}
