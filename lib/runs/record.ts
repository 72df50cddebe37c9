import { join } from "node:path";
import { z } from "zod";
import {
  type CalibratorName,
  CALIBRATORS,
} from "../calibration/calibrators/calibrators.ts";
import type {
  CalibratedMetrics,
  Evaluation,
} from "../calibration/evaluation.ts";
import {
  METRIC_NAMES,
  type MetricName,
  type Metrics,
} from "../calibration/metrics.ts";
import type { DeviceInfo } from "../engine/device.ts";
import type { EngineInfo } from "../engine/engine.ts";
import { readCheckedJson } from "../files/checked_json.ts";
import type { RunSpec } from "./spec.ts";
import { RUN_SPEC } from "./spec_schema.ts";

/** Version of `run.json`; files of earlier versions lack the key. */
export const RUN_SCHEMA = 2 as const;

/** The file that marks a folder as a finished run. */
export const RECORD_FILE = "run.json";

/** The record of a finished run: its `run.json`. */
export interface RunRecord {
  readonly schema: typeof RUN_SCHEMA;
  readonly id: string;
  readonly spec: RunSpec;
  readonly versions: EngineInfo;
  /** Device on which it was trained; older runs lack this field. */
  readonly device?: DeviceInfo;
  /** Start of training, ISO 8601. */
  readonly startedAt: string;
  /**
   * Seconds of training and validation over all epochs, including those before
   * an interruption.
   */
  readonly seconds: number;
  readonly epochs: number;
  /** The epoch whose weights were kept, counted from 1. */
  readonly bestEpoch: number;
  /** Number of training images. */
  readonly trainImages: number;
  /** Number of trainable weights. */
  readonly parameters: number;
  readonly classNames: readonly string[];
  /**
   * Normalisation of values, by channel: `(value / unit - mean) / std`; 0 if
   * `std` is 0.
   */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /**
   * 255 if values are bytes, 1 if they are numbers; older runs, all on bytes,
   * lack this field.
   */
  readonly unit?: number;
  /**
   * SHA-256 of each of the run's other files, by its path in the folder; older
   * runs lack this field.
   */
  readonly files?: Readonly<Record<string, string>>;
  /** Metrics of the validation part, without calibrators. */
  readonly validation: Evaluation;
  /**
   * Metrics of the test set, with calibrators fitted on the validation part.
   */
  readonly test: Evaluation;
}

/** A record as stored: its file may predate some of the metrics. */
export interface StoredRecord extends Omit<RunRecord, "validation" | "test"> {
  readonly validation: StoredEvaluation;
  readonly test: StoredEvaluation;
}

/** An `Evaluation` that may lack metrics. */
export interface StoredEvaluation {
  readonly plain: StoredMetrics;
  readonly calibrated: readonly StoredCalibration[];
}

interface StoredCalibration extends Omit<CalibratedMetrics, "metrics"> {
  readonly metrics: StoredMetrics;
}

type StoredMetrics =
  & Pick<Metrics, "n" | "classes" | "bins">
  & { readonly [Name in MetricName]?: number };

/** Metrics that this version does not know are dropped. */
const METRICS_FILE = z.object({
  n: z.int(),
  classes: z.int(),
  bins: z.int(),
  ...Object.fromEntries(
    METRIC_NAMES.map((name) => [name, z.number().exactOptional()]),
  ) as Record<MetricName, z.ZodExactOptional<z.ZodNumber>>,
});

const CALIBRATED_FILE = z.object({
  by: z.string(),
  parameters: z.record(
    z.string(),
    z.union([z.number(), z.array(z.number())]),
  ),
  atBound: z.boolean().exactOptional(),
  problems: z.array(z.object({
    kind: z.enum(["no minimum", "bound", "unconverged", "raised"]),
    reason: z.string(),
  })).exactOptional(),
  metrics: METRICS_FILE,
});

/** Calibrators that this version does not know are dropped. */
const EVALUATION_FILE = z.object({
  plain: METRICS_FILE,
  calibrated: z.array(CALIBRATED_FILE).transform((all) =>
    all.filter((one): one is typeof one & { by: CalibratorName } =>
      Object.hasOwn(CALIBRATORS, one.by)
    )
  ),
});

/** An evaluation in files without a schema version. */
const FLAT_EVALUATION_FILE = METRICS_FILE.extend({
  temperature: z.number().exactOptional(),
  temperatureAtBound: z.boolean().exactOptional(),
  scaled: METRICS_FILE.exactOptional(),
}).transform((flat): StoredEvaluation => {
  const { temperature, temperatureAtBound, scaled, ...plain } = flat;
  if (temperature === undefined || scaled === undefined) {
    return { plain, calibrated: [] };
  }
  const atBound = temperatureAtBound === undefined
    ? {}
    : { atBound: temperatureAtBound };
  const fit = { by: "temperature", parameters: { temperature } } as const;
  return { plain, calibrated: [{ ...fit, ...atBound, metrics: scaled }] };
});

const STRINGS = z.array(z.string());
const NUMBERS = z.array(z.number());

const ABOUT = z.object({
  id: z.string(),
  spec: RUN_SPEC,
  versions: z.object({
    tfjs: z.string(),
    tensorflow: z.string(),
    device: z.enum(["cpu", "gpu"]),
    deno: z.string(),
  }),
  device: z.object({
    kind: z.enum(["cpu", "gpu"]),
    name: z.string().nullable(),
    memory: z.number().nullable(),
    cores: z.number(),
    tensorflowBuild: z.enum(["cpu", "cuda"]).nullable(),
  }).exactOptional(),
  startedAt: z.string(),
  seconds: z.number(),
  epochs: z.int(),
  bestEpoch: z.int(),
  trainImages: z.int(),
  parameters: z.int(),
  classNames: STRINGS,
  mean: NUMBERS,
  std: NUMBERS,
  unit: z.number().exactOptional(),
  files: z.record(z.string(), z.string()).exactOptional(),
});

const RECORD: z.ZodType<StoredRecord> = z.discriminatedUnion("schema", [
  ABOUT.extend({
    schema: z.literal(RUN_SCHEMA),
    validation: EVALUATION_FILE,
    test: EVALUATION_FILE,
  }),
  // Files of earlier versions are converted to this one.
  ABOUT.extend({
    schema: z.undefined().optional(),
    validation: FLAT_EVALUATION_FILE,
    test: FLAT_EVALUATION_FILE,
  }).transform((record) => ({ ...record, schema: RUN_SCHEMA })),
]);

/**
 * Reads the record of the run in a folder; undefined if there is none. Records
 * of earlier versions are converted; the file itself does not change.
 *
 * @param options `onChanged`: called instead of an error if the file was changed
 * after it was written
 * @throws {BadInput} if the file is damaged or foreign, or was changed after it was
 * written; the message names the path, and the key
 */
export function readRecord(
  folder: string,
  options: { readonly onChanged?: () => void } = {},
): Promise<StoredRecord | undefined> {
  const { onChanged } = options;
  const path = join(folder, RECORD_FILE);
  return readCheckedJson(path, RECORD, { remedy: folder, onChanged });
}

/** Returns whether a record has every metric and temperature scaling. */
export function isComplete(record: StoredRecord): record is RunRecord {
  const { validation, test } = record;
  const all = [validation, test].flatMap(({ plain, calibrated }) => [
    plain,
    ...calibrated.map(({ metrics }) => metrics),
  ]);
  return test.calibrated.some(({ by }) => by === "temperature") &&
    all.every((metrics) =>
      METRIC_NAMES.every((name) => metrics[name] !== undefined)
    );
}
