import type { Command } from "./command.ts";

/** The commands by name; a file is loaded when its command is called. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  data: async () => (await import("./commands/data.ts")).data,
  train: async () => (await import("./commands/train.ts")).train,
  targets: async () => (await import("./commands/targets.ts")).targets,
  evaluate: async () => (await import("./commands/evaluate.ts")).evaluate,
  embed: async () => (await import("./commands/embed.ts")).embed,
  distill: async () => (await import("./commands/distill.ts")).distill,
  synthetic: async () => (await import("./commands/synthetic.ts")).synthetic,
  table: async () => (await import("./commands/table.ts")).table,
  report: async () => (await import("./commands/report.ts")).report,
};
