import type { EnsureOptions } from "../../runs/ensure.ts";
import { findRun } from "../../runs/open.ts";
import type { LabelNoise } from "../../runs/spec.ts";
import {
  checkNoiseFlags,
  labelNoiseOf,
  type NoiseValues,
} from "../flags/noise_flags.ts";

/** The label noise of the flags. */
export interface FoundNoise {
  /** The noise in a run's spec; undefined for none. */
  readonly noise: LabelNoise | undefined;
  /** The folder of its source, as an option of the training. */
  readonly options: Pick<EnsureOptions, "noiseFolder">;
}

/**
 * Returns the label noise that the flags describe, with the run of
 * `--noise-from`.
 *
 * @throws {BadInput} if flags contradict each other, or the run does not exist
 */
export async function findNoise(values: NoiseValues): Promise<FoundNoise> {
  checkNoiseFlags(values);
  const { noiseFrom } = values;
  if (noiseFrom === undefined) {
    return { noise: labelNoiseOf(values, undefined), options: {} };
  }
  const { folder, record } = await findRun(noiseFrom);
  return {
    noise: labelNoiseOf(values, record.spec),
    options: { noiseFolder: folder },
  };
}
