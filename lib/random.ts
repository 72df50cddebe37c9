/**
 * A seeded stream of random numbers. Every random choice of a run has its own named
 * stream, so that adding one choice never changes another.
 */
export interface Random {
  /** A number in [0, 1) with 32 random bits. */
  uniform(): number;
  /** A standard normal number. */
  normal(): number;
  /** An integer in [0, below). */
  integer(below: number): number;
  /** The numbers 0 to n - 1 in random order (Fisher and Yates). */
  permutation(n: number): Int32Array;
}

/**
 * The stream of random numbers for a seed and a name. The same seed and name always
 * give the same numbers.
 *
 * The generator is sfc32 (C. Doty-Humphrey, PractRand); its initial state is a hash
 * of seed and name (FNV-1a with the finaliser of MurmurHash3).
 *
 * @param seed any number
 * @param name what the numbers are for, such as `init` or `shuffle/0`
 *
 * @example
 * ```ts
 * import { deepStrictEqual, notDeepStrictEqual } from "node:assert/strict";
 * import { stream } from "@ils/label-smoothing/models";
 * const order = () => stream(1, "shuffle/0").permutation(100);
 * deepStrictEqual(order(), order());
 * notDeepStrictEqual(order(), stream(2, "shuffle/0").permutation(100));
 * ```
 */
export function stream(seed: number, name: string): Random {
  const next = sfc32(`${seed}/${name}`);
  const uniform = () => next() / 2 ** 32;
  let spare: number | undefined;
  const normal = () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    // Box and Muller; 1 - u keeps the logarithm finite.
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  const integer = (below: number) => Math.floor(uniform() * below);
  const permutation = (n: number) => {
    const order = new Int32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    for (let i = n - 1; i > 0; i--) {
      const j = integer(i + 1);
      const last = order[i];
      order[i] = order[j];
      order[j] = last;
    }
    return order;
  };
  return { uniform, normal, integer, permutation };
}

/** A 32-bit hash of a text; also seeds TensorFlow's stateless operations. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function sfc32(name: string): () => number {
  // An array, because V8 boxes 32-bit integers in variables of a closure.
  const state = Int32Array.of(
    hash32(`a${name}`),
    hash32(`b${name}`),
    hash32(`c${name}`),
    1,
  );
  const next = () => {
    const { 0: a, 1: b, 2: c, 3: counter } = state;
    const sum = (a + b + counter) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + sum;
    state[3] = counter + 1;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}
