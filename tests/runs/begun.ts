import type { RunProgress } from "../../lib/runs/runs_display.ts";
import { silentProgress } from "../../lib/training/progress.ts";

/** Displays of runs that record the titles of trainings that begin. */
export function recordBegun(): {
  readonly begun: string[];
  readonly progress: (id: string) => RunProgress;
} {
  const begun: string[] = [];
  const progress = () => ({
    ...silentProgress,
    begin: (title: string) => void begun.push(title),
    close: () => {},
  });
  return { begun, progress };
}
