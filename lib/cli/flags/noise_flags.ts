import { BadInput } from "../../bad_input.ts";
import { NOISE_SETTINGS } from "../../data/settings.ts";
import type { LabelNoise, RunSpec } from "../../runs/spec.ts";
import { type FlagKind, number, optional, path, type Values } from "./flags.ts";
import { settingKind } from "./setting_flags.ts";

/** Kind and rate of label noise, as a text such as `even:0.2`. */
const noiseKind: FlagKind<string> = {
  placeholder: "K:P",
  help: "replace each training and validation label with probability P, in " +
    "(0, 1]; the test labels stay clean. even:P takes any other class, " +
    "similar:P one that the run --noise-from confuses with it (default: no " +
    "noise)",
  parse(text, flag) {
    const { kind, rate } = parseNoise(text, flag);
    return `${kind}:${rate}`;
  },
};

/** Flags of label noise. */
export const noiseFlags = {
  labelNoise: optional(noiseKind),
  noiseSeed: optional(
    settingKind(
      NOISE_SETTINGS.seed,
      `seed of --label-noise, which does not depend on --seed (default: ` +
        `${NOISE_SETTINGS.seed.default})`,
    ),
  ),
  noiseFrom: optional(
    path(
      "RUN",
      "for --label-noise similar:P, folder or id of a ce run on the clean " +
        "labels, whose validation confusions are used",
    ),
  ),
};

/** Values of the flags of label noise. */
export type NoiseValues = Values<typeof noiseFlags>;

/**
 * Throws if flags of label noise contradict each other; reads no files.
 *
 * @throws {BadInput} that names the flag
 */
export function checkNoiseFlags(
  { labelNoise, noiseSeed, noiseFrom }: NoiseValues,
): void {
  const similar = labelNoise?.startsWith("similar") ?? false;
  if (labelNoise === undefined && noiseSeed !== undefined) {
    throw new BadInput("--noise-seed needs --label-noise");
  }
  if (noiseFrom !== undefined && !similar) {
    throw new BadInput("--noise-from needs --label-noise similar:P");
  }
  if (!similar || noiseFrom !== undefined) return;
  throw new BadInput(
    `--label-noise ${labelNoise} needs --noise-from: a ce run on the clean ` +
      "labels",
  );
}

/**
 * Returns the label noise that the flags describe, undefined for none.
 *
 * @param source the run of `--noise-from`
 * @throws {BadInput} if flags contradict each other
 */
export function labelNoiseOf(
  values: NoiseValues,
  source: RunSpec | undefined,
): LabelNoise | undefined {
  checkNoiseFlags(values);
  if (values.labelNoise === undefined) return undefined;
  const { rate } = parseNoise(values.labelNoise, "--label-noise");
  const seed = values.noiseSeed ?? NOISE_SETTINGS.seed.default;
  return source === undefined
    ? { kind: "even", rate, seed }
    : { kind: "similar", rate, seed, source };
}

function parseNoise(text: string, flag: string) {
  const [name, share = "", ...others] = text.split(":");
  const kind = NOISE_SETTINGS.kind.choices.find((kind) => kind === name);
  if (kind === undefined || others.length > 0) {
    throw new BadInput(
      `${flag} must be even:P or similar:P: current value is ${text || '""'}`,
    );
  }
  const { range, help } = NOISE_SETTINGS.rate;
  return { kind, rate: number(range, help).parse(share, `${flag} ${kind}:P`) };
}
