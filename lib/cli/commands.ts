import type { Command } from "./command.ts";

/** The commands by name; a file is loaded when its command is called. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  data: async () => (await import("./commands/data.ts")).data,
  train: async () => (await import("./commands/train.ts")).train,
  tune: async () => (await import("./commands/tune/tune.ts")).tune,
  targets: async () => (await import("./commands/targets.ts")).targets,
  evaluate: async () => (await import("./commands/evaluate.ts")).evaluate,
  embed: async () => (await import("./commands/embed.ts")).embed,
  distill: async () => (await import("./commands/distill.ts")).distill,
  synthetic: async () =>
    (await import("./commands/synthetic/synthetic.ts")).synthetic,
  table: async () => (await import("./commands/table/table.ts")).table,
  models: async () => (await import("./commands/models.ts")).models,
  export: async () => (await import("./commands/export.ts")).exportCommand,
  "import-weights": async () =>
    (await import("./commands/import_weights.ts")).importWeightsCommand,
  doctor: async () => (await import("./commands/doctor/doctor.ts")).doctor,
  report: async () => (await import("./commands/report.ts")).report,
};
