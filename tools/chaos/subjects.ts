import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";
import { taskCommand } from "../../lib/files/task_command.ts";

/** A program that is killed: how to start it in a folder. */
export interface Program {
  /** The folder of its results, below that folder. */
  readonly results: string;
  /** The words of the command. */
  readonly command: (folder: string) => Promise<readonly string[]>;
  readonly environment: (folder: string) => Readonly<Record<string, string>>;
}

/** A command whose program is killed again and again. */
export interface Subject extends Program {
  readonly name: string;
  /** Puts into an empty folder what the program needs. */
  readonly prepare: (folder: string) => Promise<void>;
}

const MLP = "--dataset excerpt --model mlp --limit 60 --lr 0.02";

const TRAIN = `train ${MLP} --batch-size 4 --epochs 60 --estop 0 --threads 1 ` +
  "--out results/run --resume --json";

const TUNE = `tune ${MLP} --batch-size 4 --epochs 20 --estop 0 ` +
  "--methods ls,ils --epsilon 0.05,0.1 --temperature 1 --seeds 1 --jobs 2 " +
  "--out results/answer --json";

const TEACHER = `train ${MLP} --batch-size 10 --epochs 2 --out teacher --json`;

const DISTILL = "distill --teacher teacher --student mlp --trials 3 " +
  "--epochs 20 --batch-size 4 --lr 0.01 --jobs 2 --json";

const SYNTHETIC = "synthetic --datasets 6 --methods bayes,ce,ls --batch full " +
  "--hidden-layers 1 --train-per-class 20 --test-per-class 100 --workers 2 " +
  "--json";

const REPRODUCE = "--profile smoke";

/** The commands, with settings of a few seconds each; `reproduce` takes longer. */
export const SUBJECTS: readonly Subject[] = [
  ilsSubject("train", TRAIN),
  ilsSubject("tune", TUNE),
  ilsSubject(
    "distill",
    DISTILL,
    async (folder) => await runOnce(await ils(TEACHER), folder),
  ),
  ilsSubject("synthetic", SYNTHETIC),
  {
    name: "reproduce",
    results: "results",
    prepare: copyProject,
    command: async (folder) => {
      const words = (await taskCommand("reproduce"))
        .map((word) => word.replace(ROOT, folder));
      return [...words, ...REPRODUCE.split(" ")];
    },
    environment,
  },
];

function ilsSubject(
  name: string,
  line: string,
  prepare: Subject["prepare"] = () => Promise.resolve(),
): Subject {
  return {
    name,
    results: "results",
    prepare,
    command: () => ils(line),
    environment,
  };
}

async function ils(line: string): Promise<string[]> {
  return [...await taskCommand("ils"), ...line.split(" ")];
}

function environment(folder: string): Record<string, string> {
  return { TMPDIR: temporaryFolder(folder), INIT_CWD: "", NO_COLOR: "1" };
}

/** The folder of temporary files of the programs in a folder. */
export function temporaryFolder(folder: string): string {
  return join(folder, "tmp");
}

/**
 * Copies what `reproduce` reads, as it writes into the folder of its sources. Large
 * folders are linked.
 */
async function copyProject(folder: string): Promise<void> {
  const copied = "lib notebooks deno.json deno.lock package.json";
  const linked = "node_modules .venv data docs";
  await runOnce([
    "sh",
    "-c",
    `cd "$1" && cp -R ${copied} "$0" && mkdir "$0/results" &&
     for name in ${linked}; do ln -s "$1/$name" "$0/$name"; done`,
    folder,
    ROOT,
  ], folder);
}

async function runOnce(
  [program, ...args]: readonly string[],
  cwd: string,
): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, {
    args,
    cwd,
    env: { INIT_CWD: "" },
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}
