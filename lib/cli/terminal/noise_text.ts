import { describeNoise } from "../../runs/describe.ts";
import { noiseSource } from "../../runs/label_noise.ts";
import { runId, type RunSpec } from "../../runs/spec.ts";

/** Returns a run's label noise as `--json` prints it; null for clean labels. */
export function noiseJson(spec: RunSpec) {
  const { noise } = spec.data;
  if (noise === undefined) return null;
  const { kind, rate, seed } = noise;
  const source = noiseSource(spec);
  return { kind, rate, seed, ...(source && { source: runId(source) }) };
}

/** Returns a line on a run's label noise; empty for clean labels. */
export function noiseLine({ data: { noise } }: RunSpec): string {
  if (noise === undefined) return "";
  return `${describeNoise(noise)} in training and validation\n`;
}
