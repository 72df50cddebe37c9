import { command } from "../command.ts";
import { path, required } from "../flags/flags.ts";
import { outputFolder } from "../flags/output_flags.ts";

/** `ils export`: writes a run's network as standard TensorFlow.js files. */
export const exportCommand = command({
  flags: {
    run: required(path("RUN", "folder or id of the run")),
    out: required(outputFolder("DIR", "new or empty folder for the files")),
  },
  first: "run",
  examples: ["export RUN --out DIR", "export --run RUN --out DIR --json"],
  notes:
    `RUN may also be given as --run RUN. DIR receives model.json, its weights
in shards of 4 MiB, and about.json with the input shape, the normalisation, the
class names and the fitted temperature. Standard TensorFlow.js loads the model;
docs/models.md shows a page that does.`,
  async run({ run: name, out }) {
    const { findRun } = await import("../../runs/open.ts");
    const { exportRun } = await import("../../runs/export.ts");
    const run = await findRun(name);
    const files = await exportRun(run, out);
    const lines = Object.entries(files).map(([name, bytes]) =>
      `${String(bytes).padStart(10)}  ${name}\n`
    );
    return {
      json: { run: run.record.id, folder: out, files },
      text: `${out}\n${lines.join("")}`,
    };
  },
});
