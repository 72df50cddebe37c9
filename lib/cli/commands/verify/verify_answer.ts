import type { Answer } from "../../command.ts";
import { describeDifference } from "../../verify/difference.ts";
import { describeMissing, groupRuns } from "../../verify/missing_runs.ts";
import type { Verified } from "./verify_profile.ts";

/** What was verified, in one line, or everything that is wrong. */
export function verifyAnswer(verified: Verified): Answer {
  const { profile, numbers, runs, files, differences } = verified;
  const { changed, missing, skipped, unhashed, uncommitted } = verified;
  const lines = [
    ...differences.map(describeDifference),
    ...changed,
    ...groupRuns(missing).map(describeMissing),
    ...skipped.map((name) => `${name}: tables not recomputed`),
    ...unhashed.map((name) =>
      `${name}: the manifest, of an older version, has no hashes of its files`
    ),
  ];
  const left = uncommitted.length === 0
    ? []
    : [`not committed: ${describeFiles(uncommitted)}`];
  const checked = `${profile}: ${counted(numbers, "number")} of the tables ` +
    `and of ${counted(runs, "run")} recomputed, hashes of ` +
    `${counted(files, "file")} checked`;
  const wrong = [
    [differences.length, "difference"],
    [changed.length, "changed file"],
    [missing.length, "missing run"],
    [skipped.length, "notebook not recomputed"],
    [unhashed.length, "notebook without hashes"],
  ] as const;
  const found = wrong.filter(([count]) => count > 0)
    .map(([count, what]) => `${count} × ${what}`);
  const json = { ...verified, verified: found.length === 0 };
  const textOf = (...lines: string[]) =>
    lines.map((line) => `${line}\n`).join("");
  if (found.length === 0) {
    return { json, text: textOf(...left, `${checked}: all match`) };
  }
  return {
    json,
    text: textOf(...lines, ...left),
    failure: `${checked}: ${found.join(", ")}`,
  };
}

/** Counts files: "7 notebooks", or "2 files" if they are of other kinds. */
function describeFiles(paths: readonly string[]): string {
  const isNotebooks = paths.every((path) => path.endsWith(".ipynb"));
  return counted(paths.length, isNotebooks ? "notebook" : "file");
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}
