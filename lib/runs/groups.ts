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

/** Runs that differ only in seed. */
export interface RunGroup {
  /** Spec of the first run. */
  readonly spec: RunSpec;
  /** Such as `ls`; with its numbers if the name alone is ambiguous. */
  readonly label: string;
  /** At least one, ordered by seed. */
  readonly runs: readonly StoredRun[];
}

/**
 * Groups with the same data, network and training, whose methods can be
 * compared.
 */
export interface Comparable {
  readonly dataset: string;
  readonly model: string;
  readonly groups: readonly RunGroup[];
}

/**
 * Groups runs that differ only in seed, and these groups by their settings.
 * Settings with more training images come first, then those with more epochs.
 *
 * @param options a method's label is its bare name if that is unique in its
 * comparison, or with `sameNames` in all comparisons
 */
export function comparableRuns(
  runs: readonly StoredRun[],
  { sameNames = false }: { sameNames?: boolean } = {},
): Comparable[] {
  const comparisons = groupedBy(
    runs.toSorted(byDataThenSize),
    ({ record }) => settingsKey(record.spec),
  ).map((runs) => groupedBy(runs, ({ record }) => repeatKey(record.spec)));
  const allDuplicates = duplicateNames(comparisons);
  return comparisons.map((groups) => {
    const duplicates = sameNames ? allDuplicates : duplicateNames([groups]);
    const { data, model } = groups[0][0].record.spec;
    const labels = labelsOf(groups, duplicates);
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

/** Orders methods as in `METHOD_NAMES`, then all others. */
function byMethodThenLabel(a: RunGroup, b: RunGroup): number {
  const names: readonly string[] = METHOD_NAMES;
  const [first, second] = [a, b].map(({ spec }) => {
    const place = names.indexOf(objectiveName(spec));
    return place < 0 ? names.length : place;
  });
  return first - second || compareWords(a.label, b.label);
}

/** Compares word by word, numbers by value: 0.05, 0.1, 2, 16. */
function compareWords(a: string, b: string): number {
  const [mine, theirs] = [a, b].map((text) => text.split(/[ ,]+/));
  const i = mine.findIndex((word, i) => word !== theirs[i]);
  if (i < 0) return mine.length - theirs.length;
  const [one, other] = [mine[i], theirs[i] ?? ""];
  return Number(one) - Number(other) || (one < other ? -1 : 1);
}

function duplicateNames(
  parts: readonly (readonly (readonly StoredRun[])[])[],
): Set<string> {
  return new Set(parts.flatMap((groups) => {
    const names = groups.map((group) => objectiveName(group[0].record.spec));
    return names.filter((name, i) => names.indexOf(name) !== i);
  }));
}

/**
 * Returns labels of a name, numbers, teacher and run hash, as many as are
 * needed to make them differ.
 */
function labelsOf(
  groups: readonly (readonly StoredRun[])[],
  duplicates: ReadonlySet<string>,
): string[] {
  const parts = groups.map(([{ record: { id, spec } }]) => {
    const name = objectiveName(spec);
    const numbers = duplicates.has(name) ? objectiveNumbers(spec) : "";
    const teacher = describeTeacher(spec);
    const hash = id.split("-").at(-1)!;
    return [name, numbers, teacher && `by ${teacher}`, hash];
  });
  const upTo = (i: number, count: number) =>
    parts[i].slice(0, count).filter((part) => part !== "").join(" ");
  return parts.map((_, i) => {
    const counts = [2, 3, 4];
    const enough = counts.find((count) =>
      parts.every((_, j) => j === i || upTo(i, count) !== upTo(j, count))
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
