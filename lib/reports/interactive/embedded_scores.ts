import { asLogits, type Logits } from "../../matrix_kinds.ts";
import { matrix } from "../../matrix.ts";

/**
 * Logits and labels as a page embeds them: how far each logit lies below the largest of
 * its row, in steps of the square root, compressed.
 */
export interface EmbeddedScores {
  readonly rows: number;
  readonly classes: number;
  /** The farthest that a finite logit lies below the largest of its row. */
  readonly range: number;
  /** `[classes, rows]`, in 16 bits; base64 of raw deflate. */
  readonly logits: string;
  /** Class indices in 16 bits, likewise. */
  readonly labels: string;
}

/** The step of `range`. */
const FARTHEST = 65_534;

/** The step of a logit of -Infinity. */
const MASKED = 65_535;

/**
 * Compresses logits and labels. A logit at the distance d from the largest one is
 * restored to within `sqrt(d * range) / 65534`: for a range of 50 and d = 5, to 0.0002.
 * Numbers that a page shows are computed from restored logits.
 *
 * @param logits `[n, classes]`, finite or -Infinity
 * @param labels `[n]`, class indices
 */
export async function embedScores(
  { data, rows, columns: classes }: Logits,
  labels: Int32Array,
): Promise<EmbeddedScores> {
  const below = new Float64Array(data.length);
  let range = 0;
  for (let i = 0; i < rows; i++) {
    let largest = -Infinity;
    for (let k = 0; k < classes; k++) {
      largest = Math.max(largest, data[i * classes + k]);
    }
    for (let k = 0; k < classes; k++) {
      const distance = largest - data[i * classes + k];
      below[k * rows + i] = distance;
      if (distance !== Infinity) range = Math.max(range, distance);
    }
  }
  const steps = Uint16Array.from(
    below,
    (distance) =>
      distance === Infinity
        ? MASKED
        : Math.round(FARTHEST * Math.sqrt(distance / (range || 1))),
  );
  return {
    rows,
    classes,
    range,
    logits: await compress(steps),
    labels: await compress(Uint16Array.from(labels)),
  };
}

/** The logits and labels of `embedScores()`. */
export async function restoreScores(
  { rows, classes, range, logits, labels }: EmbeddedScores,
): Promise<{ logits: Logits; labels: Int32Array }> {
  const steps = await decompress(logits, rows * classes);
  const data = new Float64Array(rows * classes);
  for (let k = 0; k < classes; k++) {
    for (let i = 0; i < rows; i++) {
      const step = steps[k * rows + i];
      data[i * classes + k] = step === MASKED
        ? -Infinity
        : -range * (step / FARTHEST) ** 2;
    }
  }
  return {
    logits: asLogits(matrix(data, classes)),
    labels: Int32Array.from(await decompress(labels, rows)),
  };
}

/** All low bytes, then all high ones, which compress better than pairs. */
async function compress(values: Uint16Array): Promise<string> {
  const bytes = new Uint8Array(2 * values.length);
  values.forEach((value, i) => {
    bytes[i] = value & 255;
    bytes[values.length + i] = value >> 8;
  });
  const packed = await through(bytes, new CompressionStream("deflate-raw"));
  return packed.toBase64();
}

async function decompress(text: string, length: number): Promise<Uint16Array> {
  const bytes = await through(
    Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0)),
    new DecompressionStream("deflate-raw"),
  );
  return Uint16Array.from(
    { length },
    (_, i) => bytes[i] | bytes[length + i] << 8,
  );
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const output = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(output).arrayBuffer());
}
