import type { DifferenceVerdict } from "../../tables/score_styles.ts";
import { join } from "node:path";
import { z } from "zod";
import { namesIn } from "../../../files/folders.ts";
import { readJson, readJsonIfPresent } from "../../../files/read_json.ts";
import { schemaOf } from "../../../files/record_schema.ts";
import type { Interval } from "./wording.ts";

/** A paired difference between a method and a rival, in the unit of the score. */
export interface Difference extends Interval {
  /** "ilsq − scaled ce". */
  readonly difference: string;
  /** Title with unit: "accuracy, %". */
  readonly score: string;
  readonly scaled: boolean;
  /** Number of seeds. */
  readonly n: number;
  readonly verdict: DifferenceVerdict;
  /** Seeds that would decide; null for a decided difference. */
  readonly needed: number | string | null;
}

/** The paired differences of one network on one number of images. */
export interface Setting {
  /** "mlp on 4,000 images". */
  readonly name: string;
  readonly differences: readonly Difference[];
}

/** Mean scores of a method, as fractions or nats. */
export interface Result {
  readonly method: string;
  readonly scaled: boolean;
  readonly n: number;
  readonly accuracy: number;
  readonly logLoss: number;
  readonly ece: number;
}

/** A published difference and ours, in the unit of the score. */
export interface Direction {
  readonly difference: string;
  readonly score: string;
  readonly scaled: boolean;
  readonly published: number;
  readonly ours: number;
  readonly low: number;
  readonly high: number;
  readonly verdict: string;
}

/** A claim of the synthetic study. */
export interface SyntheticClaim {
  readonly claim: string;
  readonly score: string;
  readonly published: number;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  readonly verdict: string;
}

/** The gain of a method over a rival in one situation; above 0 is better. */
export interface Gain {
  readonly method: string;
  readonly rival: string;
  readonly score: string;
  readonly verdict: DifferenceVerdict;
}

/** Training time of some networks. */
export interface Cost {
  readonly what: string;
  readonly seconds: number;
}

/** What an index page computes its statements from; empty if not measured. */
export interface IndexData {
  readonly settings: readonly Setting[];
  readonly results: readonly Result[];
  readonly directions: readonly Direction[];
  readonly claims: readonly SyntheticClaim[];
  readonly gains: readonly Gain[];
  readonly costs: readonly Cost[];
}

const VERDICT = z.enum(["better", "worse", "undecided"]);

const DIFFERENCES = z.array(
  schemaOf<Difference>()(z.object({
    difference: z.string(),
    score: z.string(),
    scaled: z.boolean(),
    n: z.number(),
    mean: z.number(),
    low: z.number(),
    high: z.number(),
    verdict: VERDICT,
    needed: z.union([z.number(), z.string()]).nullable(),
  })),
);

const RESULTS = z.array(
  schemaOf<Result>()(z.object({
    method: z.string(),
    scaled: z.boolean(),
    n: z.number(),
    accuracy: z.number(),
    logLoss: z.number(),
    ece: z.number(),
  })),
);

const DIRECTIONS = z.array(
  schemaOf<Direction>()(z.object({
    difference: z.string(),
    score: z.string(),
    scaled: z.boolean(),
    published: z.number(),
    ours: z.number(),
    low: z.number(),
    high: z.number(),
    verdict: z.string(),
  })),
);

const CLAIMS = z.array(
  schemaOf<SyntheticClaim>()(z.object({
    claim: z.string(),
    score: z.string(),
    published: z.number(),
    difference: z.number(),
    low: z.number(),
    high: z.number(),
    verdict: z.string(),
  })),
);

const GAINS = z.array(
  schemaOf<Gain>()(z.object({
    method: z.string(),
    rival: z.string(),
    score: z.string(),
    verdict: VERDICT,
  })),
);

const COSTS = z.array(
  schemaOf<Cost>()(z.object({
    what: z.string(),
    seconds: z.number(),
  })),
);

/** `07-differences-lenet-4000`: one network on one number of images. */
const SETTING = /^07-differences-(.+)-(\d+)\.json$/;

/**
 * Reads the tables of a profile that its index page makes statements from.
 *
 * @param folder `results/<profile>`
 * @throws {BadInput} if one is damaged
 */
export async function readIndexData(folder: string): Promise<IndexData> {
  const tables = join(folder, "tables");
  const read = async <Row>(name: string, schema: z.ZodType<Row[]>) =>
    await readJsonIfPresent(join(tables, `${name}.json`), schema) ?? [];
  const main = await read("07-headline-2-differences", DIFFERENCES);
  const settings = await readSettings(tables);
  return {
    settings: main.length === 0 || settings.length > 0
      ? settings
      : [{ name: "this profile", differences: main }],
    results: await read("07-headline-1-results", RESULTS),
    directions: await read("07-headline-3-directions", DIRECTIONS),
    claims: [
      ...await read("08-headline-3-claims", CLAIMS),
      ...await read("08-headline-4-figure-claims", CLAIMS),
    ],
    gains: await read("09-gains", GAINS),
    costs: await read("07-cost", COSTS),
  };
}

async function readSettings(tables: string): Promise<Setting[]> {
  const found = (await namesIn(tables)).flatMap((name) => {
    const [, model, images] = SETTING.exec(name) ?? [];
    return model === undefined ? [] : [{ name, model, images: Number(images) }];
  }).toSorted((a, b) => a.images - b.images || (a.model < b.model ? -1 : 1));
  return await Promise.all(found.map(async ({ name, model, images }) => ({
    name: `${model} on ${images.toLocaleString("en")} images`,
    differences: await readJson(join(tables, name), DIFFERENCES),
  })));
}
