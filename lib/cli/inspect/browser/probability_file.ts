import type { CalibratorName } from "../../../calibration/calibrators/calibrators.ts";
import { encodeNpy } from "../../../files/encode_npy.ts";
import { softmax } from "../../../logits/softmax.ts";
import type { Probabilities } from "../../../matrix_kinds.ts";
import type { FittedScores } from "./inspect_scores.ts";
import type { ProbabilityEnding } from "./messages.ts";

/** A file to save. */
export interface NamedFile {
  readonly name: string;
  readonly content: Blob;
}

/**
 * The probabilities of the test rows of a model after a calibrator, as a file that the
 * command line reads.
 *
 * @param by null for no calibrator
 */
export function probabilityFile(
  { fitted, classNames }: FittedScores,
  { model, by, ending }: {
    readonly model: number;
    readonly by: CalibratorName | null;
    readonly ending: ProbabilityEnding;
  },
): NamedFile {
  const { name, logits, fits } = fitted[model];
  const fit = fits.find((fit) => fit.by === by);
  const probabilities = softmax(fit === undefined ? logits : fit.apply(logits));
  const { data, rows, columns } = probabilities;
  const parts: BlobPart[] = ending === "npy"
    ? [encodeNpy({ data, shape: [rows, columns] })]
    : csvLines(probabilities, classNames);
  return {
    name: `probabilities-${fileName(name)}${
      by === null ? "" : `-${by}`
    }.${ending}`,
    content: new Blob(parts),
  };
}

/** A header of the names of the classes, and a line per row. */
function csvLines(
  { data, rows, columns }: Probabilities,
  classNames: readonly string[] | undefined,
): string[] {
  const names = classNames ??
    Array.from({ length: columns }, (_, k) => `p${k}`);
  const lines = [`${names.map(quoted).join(",")}\n`];
  for (let i = 0; i < rows; i++) {
    lines.push(`${data.subarray(i * columns, (i + 1) * columns).join(",")}\n`);
  }
  return lines;
}

function quoted(cell: string): string {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A name without characters that file systems refuse. */
function fileName(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, "_");
}
