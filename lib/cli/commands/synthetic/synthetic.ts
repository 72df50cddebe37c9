import { BadInput } from "../../../bad_input.ts";
import { LAYOUTS, STUDY_SIZES } from "../../../synthetic/circles.ts";
import { duration } from "../../../duration.ts";
import { ROW_NAMES } from "../../../synthetic/candidates.ts";
import type {
  SyntheticProgress,
  SyntheticRun,
} from "../../../synthetic/run_synthetic.ts";
import {
  type ExperimentName,
  EXPERIMENTS,
  type SyntheticSpec,
  syntheticSpec,
} from "../../../synthetic/spec.ts";
import { command, type Context, Interrupted } from "../../command.ts";
import { flagName } from "../../flags/flag_name.ts";
import {
  choice,
  type FlagKind,
  optional,
  path,
  type Values,
  whole,
  withDefault,
} from "../../flags/flags.ts";
import { interruptible } from "../../terminal/interruptible.ts";
import {
  teacherPlanFlags,
  teacherPlanOf,
  usedTeacherFlags,
} from "../../flags/teacher_flags.ts";
import { syntheticAnswer } from "./synthetic_answer.ts";

/** Points per step; null for full-batch steps. */
const batchKind: FlagKind<number | null> = {
  placeholder: "N|full",
  help: "points per step, or full for all at once",
  parse: (text, flag) =>
    text === "full" ? null : whole(1, "points per step").parse(text, flag),
};

const rowKind = choice(ROW_NAMES, {
  placeholder: "M",
  help: "table-v: rows of the tables (default: all)",
});

const methodsKind: FlagKind<SyntheticSpec["methods"]> = {
  ...rowKind,
  placeholder: "M,M",
  parse: (text, flag) =>
    text.split(",").map((part) => rowKind.parse(part, flag)),
};

const SUMMARIES: Readonly<Record<ExperimentName, string>> = {
  "table-v": "methods compared, as in the study's Tables V and VI",
  "fig-6": "best epsilon by true-class probability, as in its Figure 6",
  "fig-11": "log loss over P1 and P2, as in its Figure 11",
  "teachers": "log loss of students by teacher",
};

const flags = {
  experiment: withDefault(
    "table-v",
    choice(EXPERIMENTS, {
      placeholder: "NAME",
      help: "what to compute for each data set",
      listed: false,
    }),
  ),
  datasets: withDefault(100, whole(1, "number of data sets")),
  first: withDefault(0, whole(0, "index of the first data set")),
  batch: withDefault(32, batchKind),
  methods: optional(methodsKind),
  layout: withDefault(
    "canonical",
    choice(Object.keys(LAYOUTS), {
      placeholder: "NAME",
      help: "positions of the circles",
    }),
  ),
  trainPerClass: withDefault(
    STUDY_SIZES.train,
    whole(
      1,
      "training points per class; the study's larger data sets have 200",
    ),
  ),
  testPerClass: withDefault(
    STUDY_SIZES.test,
    whole(1, "test points per class"),
  ),
  hiddenLayers: withDefault(
    5,
    whole(1, "hidden layers of 64 units; the study's shallow network has 1"),
  ),
  studentSeeds: withDefault(5, whole(1, "teachers: number of student seeds")),
  members: withDefault(
    20,
    whole(5, "teachers: networks per ensemble, a multiple of 5"),
  ),
  ...teacherPlanFlags,
  seed: withDefault(1, whole(0, "seed of the data sets and networks")),
  workers: optional(
    whole(1, "parallel processes (default: one per core)"),
  ),
  out: optional(
    path(
      "DIR",
      "folder for the results of the data sets (default: results/runs/ID)",
    ),
  ),
};

/** `ils synthetic`: the study on Gaussian circles, or a part of it. */
export const synthetic = command({
  trains: true,
  flags,
  examples: [
    "synthetic --datasets 4 --batch full",
    "synthetic --datasets 10 --first 40 --methods bayes,ce,ls,ilsq --json",
    "synthetic --datasets 10 --methods ls,ils2 --teacher-ensemble 20",
    "synthetic --experiment fig-11 --datasets 30 --batch full",
    "synthetic --experiment teachers --datasets 100 --batch full",
  ],
  lists: { "Experiments:": new Map(Object.entries(SUMMARIES)) },
  notes:
    `The --teacher-... flags and --generations apply to table-v: they replace the
teacher of ils1, ils2 and ilsq, which by default is the network of row ce.

The results of each data set are stored and not computed again: the same command
continues after an interruption, and --first and --datasets select any part.`,
  async run(values, context) {
    const spec = specOf(values);
    const run = await runAll(spec, values, context);
    return await syntheticAnswer(spec, run);
  },
});

/** Returns the spec that values of the flags describe. */
export function specOf(values: Values<typeof flags>): SyntheticSpec {
  const { experiment, methods, batch } = values;
  const teacherKeys = usedTeacherFlags(values);
  const [tableKey] = [
    ...methods === undefined ? [] : ["methods"],
    ...teacherKeys,
  ];
  if (tableKey !== undefined && experiment !== "table-v") {
    throw new BadInput(
      `${flagName(tableKey)} needs --experiment table-v: ` +
        `current value is ${experiment}`,
    );
  }
  // Key by key, as any other key would give the study another id.
  const spec = {
    layout: values.layout,
    trainPerClass: values.trainPerClass,
    testPerClass: values.testPerClass,
    hiddenLayers: values.hiddenLayers,
    studentSeeds: values.studentSeeds,
    members: values.members,
    seed: values.seed,
    batchSize: batch,
    ...(methods === undefined ? {} : { methods }),
  };
  return teacherKeys.length === 0
    ? syntheticSpec({ ...spec, experiment })
    : syntheticSpec({ ...spec, teacher: teacherPlanOf(values) });
}

async function runAll(
  spec: SyntheticSpec,
  { datasets, first, workers, out }: Values<typeof flags>,
  context: Context,
): Promise<SyntheticRun<ExperimentName>> {
  const { runSynthetic } = await import(
    "../../../synthetic/run_synthetic.ts"
  );
  let last: SyntheticProgress | undefined;
  const show = progressLine(context);
  try {
    return await interruptible(
      (signal) =>
        runSynthetic(spec, {
          datasets,
          first,
          signal,
          ...(workers === undefined ? {} : { workers }),
          ...(out === undefined ? {} : { folder: out }),
          onDamaged: (reason) => context.log(`${reason}; recomputed\n`),
          onProgress: (progress) => {
            last = progress;
            show(progress);
          },
        }),
      (name) =>
        new Interrupted(
          `Stopped with ${last?.done ?? 0} of ${datasets} data sets done; ` +
            "run the same command again to continue",
          name,
        ),
    );
  } catch (error) {
    if (context.terminal && last !== undefined) context.log("\n");
    throw error;
  }
}

/** Returns a reporter: redrawn on a terminal, otherwise a line per data set. */
function progressLine({ log, terminal }: Context) {
  return ({ done, total, secondsLeft }: SyntheticProgress) => {
    const left = Number.isNaN(secondsLeft) || done === total
      ? ""
      : `, ${duration(secondsLeft)} left`;
    const line = `${done} of ${total} data sets${left}`;
    if (terminal) log(`\r\x1b[K${line}${done === total ? "\n" : ""}`);
    else log(`${line}\n`);
  };
}
