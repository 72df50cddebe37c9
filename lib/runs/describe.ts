import type { OwnData } from "../data/own/load.ts";
import { SPLIT_SETTINGS } from "../data/settings.ts";
import type { SettingRules } from "../setting_rules.ts";
import { TRAINING_SETTINGS } from "../training/settings.ts";
import {
  canonical,
  type HoldOut,
  type LabelNoise,
  objectiveName,
  runId,
  type RunSpec,
} from "./spec.ts";
import type { RunRecord } from "./record.ts";

/**
 * Returns a run's spec as text without seeds: equal for runs that differ only
 * in seed.
 */
export function repeatKey(spec: RunSpec): string {
  return canonical(withoutSeeds(spec));
}

/**
 * Returns the settings that two runs must share for their methods to be
 * comparable. The number of threads, which changes rounding, is not among them.
 */
export function settingsKey({ data, model, training }: RunSpec): string {
  const { threads: _, ...settings } = training;
  return canonical(withoutSeeds({ data, model, training: settings }));
}

/** Noise keeps its seed: with another one, the labels differ. */
function withoutSeeds(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(withoutSeeds);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "seed" && key !== "splitSeed")
      .map(([key, inner]) => [
        key,
        key === "noise" ? inner : withoutSeeds(inner),
      ]),
  );
}

/**
 * Describes how a network was trained: "800 images, all data, 4 epochs, batch
 * 32, …".
 */
export function describeSettings(
  { spec, trainImages }: Pick<RunRecord, "spec" | "trainImages">,
): string {
  const { data, training } = spec;
  const { optimizer, learningRate, momentum, weightDecay } = training;
  const { milestones, gamma, batchSize, epochs, patience } = training;
  return [
    `${trainImages} images`,
    data.limit === null ? "all data" : `limit ${data.limit}`,
    `${short(100 * data.trainFraction)} % trained on`,
    `${epochs} ${epochs === 1 ? "epoch" : "epochs"}`,
    titled("batchSize", batchSize),
    `${optimizer} ${learningRate}`,
    optimizer === "adam" ? "" : titled("momentum", momentum),
    titled("weightDecay", weightDecay),
    milestones.length ? `× ${gamma} at ${milestones.map(short).join(" ")}` : "",
    patience === null ? "no early stop" : `stop after ${patience}`,
    ...describeHoldOut(data.holdOut),
    ...describeOwnData(data.own),
    ...furtherSettings(spec),
  ].filter((part) => part !== "").join(", ");
}

function describeHoldOut(holdOut: HoldOut | undefined): string[] {
  if (holdOut === undefined) return [];
  return [`without fold ${holdOut.fold} of ${holdOut.folds} (from 0)`];
}

/**
 * Describes own data by the start of its hash, since two folders may have the
 * same name, and by how its images were prepared.
 */
function describeOwnData(own: OwnData | undefined): string[] {
  if (own === undefined) return [];
  const { sha256, imageSize, fit, channels, augment } = own;
  return [
    `content ${sha256.slice(0, 10)}`,
    imageSize === undefined ? "" : `${imageSize} pixels (${fit})`,
    channels === undefined ? "" : channels === 1 ? "grey" : "colour",
    augment ?? "",
  ];
}

/**
 * Describes label noise: "20 % even label noise (seed 1)", with the source of
 * similar noise.
 */
export function describeNoise(noise: LabelNoise | undefined): string {
  if (noise === undefined) return "clean labels";
  const { kind, rate, seed } = noise;
  const from = kind === "similar" ? ` from ${runId(noise.source)}` : "";
  return `${short(100 * rate)} % ${kind} label noise${from} (seed ${seed})`;
}

/** Rounds to four digits: 0.6667 for two thirds. */
function short(value: number): number {
  return Number(value.toPrecision(4));
}

const RULES: SettingRules = { ...SPLIT_SETTINGS, ...TRAINING_SETTINGS };

/** Returns a setting with its title: "weight decay 0.0001". */
function titled(key: string, value: unknown): string {
  const title = RULES[key]?.title ?? key;
  return value === true ? title : `${title} ${canonical(value)}`;
}

/**
 * Keys that `describeSettings()` handles explicitly, which are those of every
 * spec, or leaves out.
 */
const EXPLICIT = new Set([
  ...["dataset", "own", "splitSeed", "holdOut", "noise", "threads"],
  ...Object.keys(RULES).filter((key) => !RULES[key].optional),
]);

/** Returns the remaining settings of data and training that are switched on. */
export function furtherSettings({ data, training }: RunSpec): string[] {
  const others = Object.entries({ ...data, ...training })
    .filter(([key, value]) => !EXPLICIT.has(key) && value)
    .map(([key, value]) => titled(key, value));
  return data.noise ? [describeNoise(data.noise), ...others] : others;
}

/** Returns the numbers of a run's objective: "epsilon 0.1, temperature 1". */
export function objectiveNumbers({ objective }: RunSpec): string {
  const entries = Object.entries(objective).flatMap(([key, value]) =>
    typeof value === "object" && value !== null
      ? Object.entries(value as object)
      : [[key, value] as const]
  );
  const parts = entries.flatMap(([key, value]) => {
    if (typeof value === "number") return [`${key} ${value}`];
    const usual = key === "name" || key === "kind" || value === "probabilities";
    return typeof value === "string" && !usual ? [value] : [];
  });
  return parts.join(", ");
}

/**
 * Describes a run's teacher: "ce", "ls, 5 of them", "ce, 5 folds × 2",
 * "logits"; with its network's name if that differs from the run's.
 */
export function describeTeacher({ teacher, model }: RunSpec): string {
  const nameOf = (network: Omit<RunSpec, "kind">) =>
    objectiveName(network) +
    (network.model === model ? "" : ` ${network.model}`);
  switch (teacher?.kind) {
    case undefined:
      return "";
    case "logits":
      return "logits";
    case "run":
      return nameOf(teacher);
    case "ensemble":
      return `${nameOf(teacher.ensemble)}, ${teacher.members} of them`;
    case "cross-fitted": {
      const { crossFitted, folds, repeats } = teacher;
      return `${nameOf(crossFitted)}, ${folds} folds × ${repeats}`;
    }
  }
}
