import { join } from "node:path";
import type { CalibratorName } from "../../calibration/calibrators/calibrators.ts";
import { evaluateLogits } from "../../calibration/evaluate.ts";
import { sha256OfFile } from "../../files/sha256.ts";
import { evaluateRun, readRunPart } from "../../runs/evaluate.ts";
import {
  readRecord,
  RECORD_FILE,
  type StoredEvaluation,
  type StoredRecord,
} from "../../runs/record.ts";
import { runId } from "../../runs/spec.ts";
import {
  type Comparison,
  type Difference,
  isSame,
  type Value,
} from "./difference.ts";

/** A compared run, and its files that have changed. */
export interface CheckedRun extends Comparison {
  /** Such as `RUN/logits-test.npy has changed`. */
  readonly changed: readonly string[];
}

/**
 * Recomputes every metric and calibrator in a run's record from its stored logits
 * and labels, and the hashes of its files; undefined if there is no finished run.
 *
 * @throws {BadInput} if the record, logits or labels are missing or damaged
 */
export async function checkRun(
  name: string,
  folder: string,
): Promise<CheckedRun | undefined> {
  const file = `${name}/${RECORD_FILE}`;
  const changed: string[] = [];
  const record = await readRecord(folder, {
    onChanged: () => changed.push(`${file} has changed`),
  });
  if (record === undefined) return undefined;
  const stored = numbersOf(record);
  const recomputed = new Map(numbersOf(await recompute(folder, record)));
  const values: readonly (readonly [string, Value, Value])[] = [
    ["id", record.id, runId(record.spec)],
    ...stored.map(([key, value]) =>
      [key, value, recomputed.get(key) ?? null] as const
    ),
  ];
  const differences = values.filter(([, one, other]) => !isSame(one, other))
    .map(([column, stored, recomputed]): Difference => (
      { file, row: null, column, stored, recomputed }
    ));
  changed.push(...await changedFiles(name, folder, record.files ?? {}));
  return { numbers: stored.length, differences, changed };
}

type Evaluations = Pick<StoredRecord, "validation" | "test">;

async function recompute(
  folder: string,
  { validation, test }: Evaluations,
): Promise<Evaluations> {
  const names = test.calibrated.map(({ by }): CalibratorName => by);
  const { logits, labels } = await readRunPart({ folder }, "val");
  return {
    validation: evaluateLogits(logits, labels, { bins: validation.plain.bins }),
    test: await evaluateRun({ folder }, test.plain.bins, names),
  };
}

/** All numbers of a record's evaluations by their place. */
function numbersOf({ validation, test }: Evaluations): [string, number][] {
  return [
    ...evaluationNumbers("validation", validation),
    ...evaluationNumbers("test", test),
  ];
}

function evaluationNumbers(
  part: string,
  { plain, calibrated }: StoredEvaluation,
): [string, number][] {
  return [
    ...entries(part, plain),
    ...calibrated.flatMap(({ by, parameters, metrics }) => [
      ...entries(`${part} ${by} parameters`, parameters),
      ...entries(`${part} ${by}`, metrics),
    ]),
  ];
}

function entries(
  place: string,
  values: Readonly<Record<string, number | readonly number[] | undefined>>,
): [string, number][] {
  return Object.entries(values).flatMap(([key, value]) =>
    [value ?? []].flat().map((number, i): [string, number] => [
      `${place} ${key}${Array.isArray(value) ? `[${i}]` : ""}`,
      number,
    ])
  );
}

async function changedFiles(
  name: string,
  folder: string,
  hashes: Readonly<Record<string, string>>,
): Promise<string[]> {
  const changed: string[] = [];
  for (const [path, hash] of Object.entries(hashes)) {
    const found = await sha256OfFile(join(folder, path));
    if (found === hash) continue;
    const state = found === undefined ? "is missing" : "has changed";
    changed.push(`${name}/${path} ${state}`);
  }
  return changed;
}
