import { BadInput } from "../../../bad_input.ts";
import { CALIBRATORS } from "../../../calibration/calibrators/calibrators.ts";
import { type Answer, command } from "../../command.ts";
import { flagName } from "../../flags/flag_name.ts";
import { checkDistinct } from "../../flags/output_flags.ts";
import { INPUT_NOTES } from "../../inputs/score_flags.ts";
import { calibrateFlags, type CalibrateValues } from "./calibrate_flags.ts";

/** `ils calibrate`: fits, compares, saves and applies calibrators. */
export const calibrate = command({
  flags: calibrateFlags,
  first: "run",
  examples: [
    "calibrate --val-logits VL.npy --val-labels VY.npy --calibrator vector --out M.json --export calibrate.ts",
    "calibrate --apply M.json --logits NEW.npy --out P.npy",
    "calibrate --all --val-logits VL.npy --val-labels VY.npy --logits L.npy --labels Y.npy",
    "calibrate RUN --calibrator vector,dirichlet --json",
  ],
  notes: `${calibratorNotes()}

Calibrators are fitted to the validation rows alone; settings, such as the strength of
a penalty, are chosen in folds of them. With test rows the answer has paired bootstrap
intervals of the differences from temperature scaling, and says which calibrators beat
it. ${INPUT_NOTES}`,
  async run(values, context): Promise<Answer> {
    checkOutputs(values);
    if (values.apply !== undefined) {
      checkUnused(values, "--apply");
      const { applyMap } = await import("./apply_map.ts");
      return await applyMap(values, values.apply);
    }
    const { fitAndCompare } = await import("./fit_and_compare.ts");
    return await fitAndCompare(values, context);
  },
});

function calibratorNotes(): string {
  const names = Object.values(CALIBRATORS)
    .map(({ name, title }) => name === title ? name : `${name} (${title})`);
  return `Calibrators: ${names.join(", ")}.`;
}

const NOT_WITH_APPLY = [
  ...["run", "labels", "valLogits", "valLabels", "calibrator", "all"] as const,
  "ignoreLabel" as const,
];

function checkUnused(values: CalibrateValues, mode: string): void {
  const unused = NOT_WITH_APPLY.find((key) =>
    values[key] !== undefined && values[key] !== false
  );
  if (unused === undefined) return;
  throw new BadInput(`${flagName(unused)} does not apply with ${mode}`);
}

function checkOutputs({ out, export: source, apply }: CalibrateValues): void {
  checkDistinct({ "--out": out, "--export": source });
  const ending = apply === undefined ? ".json" : ".npy";
  if (out !== undefined && !out.endsWith(ending)) {
    throw new BadInput(
      `--out must name a file that ends in ${ending}` +
        `${
          apply === undefined ? "" : " with --apply"
        }: current value is ${out}`,
    );
  }
  if (source !== undefined && !/\.[cm]?[jt]s$/.test(source)) {
    throw new BadInput(
      `--export must name a file that ends in .ts or .js: current value is ` +
        source,
    );
  }
}
