import type { Answer } from "../../command.ts";
import { describeDifference } from "../../verify/difference.ts";
import { describeMissing, groupRuns } from "../../verify/missing_runs.ts";
import type { Verified } from "./verify_profile.ts";

/** What was verified, in one line, or everything that is wrong. */
export function verifyAnswer(verified: Verified): Answer {
  const { profile, numbers, runs, files, differences } = verified;
  const { changed, missing, skipped } = verified;
  const lines = [
    ...differences.map(describeDifference),
    ...changed,
    ...groupRuns(missing).map(describeMissing),
    ...skipped.map((name) => `${name}: tables not recomputed`),
  ];
  const checked = `${profile}: ${counted(numbers, "number")} of the tables ` +
    `and of ${counted(runs, "run")} recomputed, hashes of ` +
    `${counted(files, "file")} checked`;
  const wrong = [
    [differences.length, "difference"],
    [changed.length, "changed file"],
    [missing.length, "missing run"],
    [skipped.length, "notebook not recomputed"],
  ] as const;
  const found = wrong.filter(([count]) => count > 0)
    .map(([count, what]) => `${count} × ${what}`);
  const json = { ...verified, verified: found.length === 0 };
  if (found.length === 0) return { json, text: `${checked}: all match\n` };
  return {
    json,
    text: lines.map((line) => `${line}\n`).join(""),
    failure: `${checked}: ${found.join(", ")}`,
  };
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
}
