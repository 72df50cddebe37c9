import type { Command } from "./command.ts";

/** An entry in the list of commands. */
interface Entry {
  /** What the command does: one line that starts with a lower-case letter. */
  readonly summary: string;
  /** Imports the command's module when the command is called. */
  readonly load: () => Promise<Command>;
}

/** The commands by name. */
export const COMMANDS: Readonly<Record<string, Entry>> = {
  data: {
    summary: "download, verify and describe a data set",
    load: async () => (await import("./commands/data.ts")).data,
  },
  train: {
    summary: "train a network with a smoothing method or a loss",
    load: async () => (await import("./commands/train.ts")).train,
  },
  tune: {
    summary: "choose hyperparameters of methods on validation data",
    load: async () => (await import("./commands/tune/tune.ts")).tune,
  },
  plan: {
    summary: "list a profile's runs as jobs for a cluster",
    load: async () => (await import("./commands/plan.ts")).plan,
  },
  run: {
    summary: "train runs of a plan, as a job on a cluster does",
    load: async () => (await import("./commands/run.ts")).run,
  },
  targets: {
    summary: "make soft targets from any model's logits",
    load: async () => (await import("./commands/targets/targets.ts")).targets,
  },
  evaluate: {
    summary: "measure the calibration of a run or of any model's logits",
    load: async () =>
      (await import("./commands/evaluate/evaluate.ts")).evaluate,
  },
  compare: {
    summary: "compare the calibration of several models or runs, in pairs",
    load: async () => (await import("./commands/compare/compare.ts")).compare,
  },
  calibrate: {
    summary: "fit, compare, save and apply calibrators",
    load: async () =>
      (await import("./commands/calibrate/calibrate.ts")).calibrate,
  },
  embed: {
    summary: "embed logits, features or other points in the plane with t-SNE",
    load: async () => (await import("./commands/embed/embed.ts")).embed,
  },
  distill: {
    summary: "train shallow students on the logits of a run",
    load: async () => (await import("./commands/distill.ts")).distill,
  },
  synthetic: {
    summary: "run the synthetic study: hundreds of networks per data set",
    load: async () =>
      (await import("./commands/synthetic/synthetic.ts")).synthetic,
  },
  suspects: {
    summary: "rank training labels that a cross-fitted teacher doubts",
    load: async () => (await import("./commands/suspects.ts")).suspects,
  },
  table: {
    summary: "compare runs with published results or with each other",
    load: async () => (await import("./commands/table/table.ts")).table,
  },
  runs: {
    summary: "list, show and remove stored runs",
    load: async () => (await import("./commands/runs/runs.ts")).runs,
  },
  models: {
    summary: "list architectures with their parameters, cost and memory",
    load: async () => (await import("./commands/models.ts")).models,
  },
  export: {
    summary: "export a run's network as standard TensorFlow.js files",
    load: async () => (await import("./commands/export.ts")).exportCommand,
  },
  "import-weights": {
    summary: "import the weights of a network trained in PyTorch",
    load: async () =>
      (await import("./commands/import_weights.ts")).importWeightsCommand,
  },
  doctor: {
    summary: "check the engine, device, kernel, data, disk and speed",
    load: async () => (await import("./commands/doctor/doctor.ts")).doctor,
  },
  report: {
    summary: "render executed notebooks and their index page",
    load: async () => (await import("./commands/report.ts")).report,
  },
  verify: {
    summary: "recompute a profile's tables from the logits of its runs",
    load: async () => (await import("./commands/verify/verify.ts")).verify,
  },
};
