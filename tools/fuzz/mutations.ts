/** Files that are changed at random, as damage and malice change them. */
import { Buffer } from "node:buffer";
import fc from "fast-check";

/** One change of a file. */
interface Change {
  readonly kind: keyof typeof KINDS;
  /** Where, as a share of the file, of `PLACES`. */
  readonly at: number;
  /** What, for kinds that choose from a list or need a number. */
  readonly value: number;
  /** How many bytes. */
  readonly length: number;
}

/** A changed copy of a sample. */
export interface MutatedFile {
  readonly sample: number;
  readonly changes: readonly Change[];
}

/** Number of places in a file at which it may change. */
const PLACES = 2 ** 24;

/** Numbers at the limits of types of numbers. */
const LIMITS = [
  ...[0n, 1n, 7n, 127n, 128n, 255n, 256n, 2n ** 15n, 2n ** 16n - 1n],
  ...[2n ** 31n - 1n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 53n, 2n ** 63n],
  2n ** 64n - 1n,
];

/** Texts that mean something in a format, or nothing anywhere. */
const TEXTS = [
  ...["0", "-1", "1e999", "99999999999999999999", "0.5", "NaN", "null", "true"],
  ...['"', "'", "{", "}", "[", "]", "(", ")", ",", ";", ":", "\t", "\n", "\r"],
  ...["\u0000", "\u001b[2J", "\u202e", "__proto__", "constructor", "#", "\\"],
  ..."PAR1 PK\u0003\u0004 \u0093NUMPY IDAT".split(" "),
];

type Bytes = Uint8Array<ArrayBuffer>;

/** What each kind of change does to the bytes at an offset. */
const KINDS = {
  flip: (bytes: Bytes, at: number, { value }: Change) => {
    const changed = bytes.slice();
    changed[at] ^= 1 << (value % 8);
    return changed;
  },
  byte: (bytes: Bytes, at: number, { value }: Change) => {
    const changed = bytes.slice();
    changed[at] = value % 256;
    return changed;
  },
  number: (bytes: Bytes, at: number, { value, length }: Change) => {
    const changed = bytes.slice();
    const size = [1, 2, 4, 8][length % 4];
    const limit = LIMITS[value % LIMITS.length];
    for (let i = 0; i < size && at + i < changed.length; i++) {
      const digit = value % 2 === 0 ? i : size - 1 - i;
      changed[at + i] = Number((limit >> BigInt(8 * digit)) & 255n);
    }
    return changed;
  },
  cut: (bytes: Bytes, at: number) => bytes.slice(0, at),
  remove: (bytes: Bytes, at: number, { length }: Change) =>
    joined(bytes.subarray(0, at), bytes.subarray(at + length)),
  repeat: (bytes: Bytes, at: number, { length, value }: Change) =>
    joined(
      bytes.subarray(0, at + length),
      ...Array(1 + value % 40).fill(bytes.subarray(at, at + length)),
      bytes.subarray(at + length),
    ),
  fill: (bytes: Bytes, at: number, { length, value }: Change) =>
    joined(
      bytes.subarray(0, at),
      new Uint8Array(16 * length).fill(value % 256),
      bytes.subarray(at),
    ),
  text: (bytes: Bytes, at: number, { value, length }: Change) =>
    joined(
      bytes.subarray(0, at),
      new TextEncoder().encode(TEXTS[value % TEXTS.length]),
      bytes.subarray(at + length % 4),
    ),
  digits: (bytes: Bytes, at: number, { value }: Change) => {
    const isDigit = (i: number) => bytes[i] >= 48 && bytes[i] <= 57;
    let start = at;
    while (start < bytes.length && !isDigit(start)) start++;
    let end = start;
    while (end < bytes.length && isDigit(end)) end++;
    const text = new TextEncoder().encode(TEXTS[value % 8]);
    return joined(bytes.subarray(0, start), text, bytes.subarray(end));
  },
};

/** Mutated files of some samples, for fast-check. */
export const MUTATED_FILE: fc.Arbitrary<MutatedFile> = fc.record({
  sample: fc.noBias(fc.nat(2 ** 20)),
  changes: fc.array(
    fc.record({
      kind: fc.constantFrom<keyof typeof KINDS>(
        // Kinds that keep the length reach further into a reader.
        ...Array(4).fill(["flip", "byte", "number"]).flat(),
        ...[
          "digits",
          "digits",
          "text",
          "cut",
          "remove",
          "repeat",
          "fill",
        ] as const,
      ),
      at: fc.noBias(fc.nat(PLACES - 1)),
      value: fc.nat(),
      length: fc.integer({ min: 1, max: 200 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
});

/** The bytes of a mutated file. */
export function bytesOf(
  { sample, changes }: MutatedFile,
  samples: readonly Bytes[],
): Bytes {
  return changes.reduce<Bytes>(
    (bytes, change) =>
      bytes.length === 0 ? bytes : KINDS[change.kind](
        bytes,
        Math.floor(change.at / PLACES * bytes.length),
        change,
      ),
    samples[sample % samples.length],
  );
}

/** Files that are generated at once, which is much faster than one by one. */
const BLOCK = 500;

/** A series of mutated files that a seed determines; returns the one with a number. */
export function mutatedFiles(seed: number): (number: number) => MutatedFile {
  let present = -1;
  let files: MutatedFile[] = [];
  return (number) => {
    const block = Math.floor(number / BLOCK);
    if (block !== present) {
      const options = { seed: (seed * 1_000_003 + block) | 0, numRuns: BLOCK };
      files = fc.sample(MUTATED_FILE, options);
      present = block;
    }
    return files[number % BLOCK];
  };
}

function joined(...parts: readonly Uint8Array[]): Bytes {
  return new Uint8Array(Buffer.concat(parts));
}
