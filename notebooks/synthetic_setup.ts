/** What the notebook of the synthetic study starts from. */
import { join } from "node:path";
import { duration } from "../lib/duration.ts";
import { engineInfo } from "../lib/engine/engine.ts";
import type {
  SyntheticOptions,
  SyntheticProgress,
} from "../lib/synthetic/run_synthetic.ts";
import { SYNTHETIC_STUDIES } from "../lib/synthetic/studies.ts";
import { ROOT } from "../lib/files/project_root.ts";
import { display, savers } from "./output.ts";

export { show } from "./output.ts";

/** The study's size: small where `ILS_PROFILE` is `smoke`. */
export const study = Deno.env.get("ILS_PROFILE") === "smoke"
  ? SYNTHETIC_STUDIES.smoke
  : SYNTHETIC_STUDIES.synthetic;

export const { saveFigure, saveTable, saveTableOnly } = savers(study.name);

/** How a cell finds or does data sets: in the project, its progress shown. */
export function here(title: string): SyntheticOptions {
  const show = display();
  return {
    datasets: study.datasets,
    root: join(ROOT, "results", "runs"),
    onProgress: ({ done, total, secondsLeft }: SyntheticProgress) => {
      const left = done === total || Number.isNaN(secondsLeft)
        ? ""
        : `, ${duration(secondsLeft)} left`;
      show(`${title}: ${done} of ${total} data sets${left}`);
    },
  };
}

/** One line on where this notebook runs. */
export function environmentLine(): string {
  const { tensorflow, tfjs, deno } = engineInfo();
  return `${study.datasets} data sets (${study.name}) · ` +
    `${navigator.hardwareConcurrency} processes of one thread · TensorFlow ` +
    `${tensorflow} through TensorFlow.js ${tfjs} · Deno ${deno}`;
}
