import { METHOD_NAMES } from "../smoothing/method.ts";
import { objectiveName, type RunSpec } from "./spec.ts";
import type { RunRecord } from "./record.ts";
import type { StoredRun } from "./store.ts";
import {
  describeTeacher,
  objectiveNumbers,
  repeatKey,
  settingsKey,
} from "./describe.ts";

/** Runs that differ in their seeds alone. */
export interface RunGroup {
  /** Of the first of them. */
  readonly spec: RunSpec;
  /** Such as `ls`; with its numbers where the name alone says too little. */
  readonly label: string;
  /** At least one, by seed. */
  readonly runs: readonly StoredRun[];
}

/** Groups that share data, network and training: their methods compare. */
export interface Comparable {
  readonly dataset: string;
  readonly model: string;
  readonly groups: readonly RunGroup[];
}

/**
 * Runs put together by what they repeat, and those by what they share; those
 * with most training images first, then those with most epochs.
 *
 * @param options a method has its bare name where its own comparison does not
 * hold it twice, and with `sameNames` where none does
 */
export function comparableRuns(
  runs: readonly StoredRun[],
  { sameNames = false }: { sameNames?: boolean } = {},
): Comparable[] {
  const parts = groupedBy(
    runs.toSorted(byDataThenSize),
    ({ record }) => settingsKey(record.spec),
  ).map((part) => groupedBy(part, ({ record }) => repeatKey(record.spec)));
  const everywhere = namesHeldTwice(parts);
  return parts.map((groups) => {
    const twice = sameNames ? everywhere : namesHeldTwice([groups]);
    const { data, model } = groups[0][0].record.spec;
    const labels = labelsOf(groups, twice);
    return {
      dataset: data.dataset,
      model,
      groups: groups.map((group, i) => ({
        spec: group[0].record.spec,
        label: labels[i],
        runs: group.toSorted((a, b) => a.record.spec.seed - b.record.spec.seed),
      })).sort(byMethodThenLabel),
    };
  });
}

function byDataThenSize({ record: a }: StoredRun, { record: b }: StoredRun) {
  const pair = ({ spec: { data, model } }: RunRecord) =>
    [data.dataset, model].join(" ");
  return (pair(a) < pair(b) ? -1 : pair(a) > pair(b) ? 1 : 0) ||
    b.trainImages - a.trainImages ||
    b.spec.training.epochs - a.spec.training.epochs;
}

/** Methods in the order of their list, what is none of them after. */
function byMethodThenLabel(a: RunGroup, b: RunGroup): number {
  const names: readonly string[] = METHOD_NAMES;
  const [first, second] = [a, b].map(({ spec }) => {
    const place = names.indexOf(objectiveName(spec));
    return place < 0 ? names.length : place;
  });
  return first - second || compareWords(a.label, b.label);
}

/** Word by word, numbers by their size: 0.05, 0.1, 2, 16. */
function compareWords(a: string, b: string): number {
  const [mine, theirs] = [a, b].map((text) => text.split(/[ ,]+/));
  const i = mine.findIndex((word, i) => word !== theirs[i]);
  if (i < 0) return mine.length - theirs.length;
  const [one, other] = [mine[i], theirs[i] ?? ""];
  return Number(one) - Number(other) || (one < other ? -1 : 1);
}

function namesHeldTwice(
  parts: readonly (readonly (readonly StoredRun[])[])[],
): Set<string> {
  return new Set(parts.flatMap((groups) => {
    const names = groups.map((group) => objectiveName(group[0].record.spec));
    return names.filter((name, i) => names.indexOf(name) !== i);
  }));
}

/** Names, then numbers, then the teacher, then the run, until all differ. */
function labelsOf(
  groups: readonly (readonly StoredRun[])[],
  twice: ReadonlySet<string>,
): string[] {
  const words = groups.map(([{ record: { id, spec } }]) => {
    const name = objectiveName(spec);
    const numbers = twice.has(name) ? objectiveNumbers(spec) : "";
    const teacher = describeTeacher(spec);
    const hash = id.split("-").at(-1)!;
    return [name, numbers, teacher && `by ${teacher}`, hash];
  });
  const upTo = (i: number, count: number) =>
    words[i].slice(0, count).filter((word) => word !== "").join(" ");
  return words.map((_, i) => {
    const counts = [2, 3, 4];
    const enough = counts.find((count) =>
      words.every((_, j) => j === i || upTo(i, count) !== upTo(j, count))
    );
    return upTo(i, enough ?? 4);
  });
}

function groupedBy<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
): Item[][] {
  return [...Map.groupBy(items, key).values()];
}
