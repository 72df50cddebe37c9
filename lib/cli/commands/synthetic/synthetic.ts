import { BadInput } from "../../../bad_input.ts";
import { LAYOUTS, STUDY_SIZES } from "../../../synthetic/circles.ts";
import { duration } from "../../../duration.ts";
import { checkRowName, ROW_NAMES } from "../../../synthetic/candidates.ts";
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
import {
  byDefault,
  choice,
  type FlagKind,
  flagName,
  optional,
  path,
  type Values,
  whole,
} from "../../flags/flags.ts";
import { interruptible } from "../../terminal/interruptible.ts";
import {
  givenFlags,
  teacherPlanFlags,
  teacherPlanOf,
} from "../../flags/teacher_flags.ts";
import { syntheticAnswer } from "./synthetic_answer.ts";

/** Points per step, or all of them. */
const batchKind: FlagKind<number | null> = {
  placeholder: "N|full",
  help: "points per step, or full for all at once",
  parse: (text, flag) =>
    text === "full" ? null : whole(1, "points per step").parse(text, flag),
};

const methodsKind: FlagKind<SyntheticSpec["methods"]> = {
  placeholder: "M,M",
  help: `table-v: rows of the tables (default: all): ${ROW_NAMES.join(", ")}`,
  parse: (text) => text.split(",").map(checkRowName),
};

const SUMMARIES: Readonly<Record<ExperimentName, string>> = {
  "table-v": "Tables V and VI",
  "fig-6": "the best epsilon by true-class probability",
  "fig-11": "the surface over P1 and P2",
  "teachers": "which teacher helps",
};

const flags = {
  experiment: byDefault(
    "table-v",
    choice(EXPERIMENTS, {
      placeholder: "NAME",
      help: "what to compute for each data set",
      listed: false,
    }),
  ),
  datasets: byDefault(100, whole(1, "number of data sets")),
  first: byDefault(0, whole(0, "index of the first data set")),
  batch: byDefault(32, batchKind),
  methods: optional(methodsKind),
  layout: byDefault(
    "canonical",
    choice(Object.keys(LAYOUTS), {
      placeholder: "NAME",
      help: "positions of the circles",
    }),
  ),
  trainPerClass: byDefault(
    STUDY_SIZES.train,
    whole(1, "training points per class; 200 in the study's larger data sets"),
  ),
  testPerClass: byDefault(STUDY_SIZES.test, whole(1, "test points per class")),
  hiddenLayers: byDefault(
    5,
    whole(1, "hidden layers of 64 units; 1 in the study's shallow network"),
  ),
  studentSeeds: byDefault(5, whole(1, "teachers: seeds per student")),
  members: byDefault(
    20,
    whole(5, "teachers: networks per ensemble, a multiple of 5"),
  ),
  ...teacherPlanFlags,
  seed: byDefault(1, whole(0, "seed of data sets and networks")),
  workers: optional(
    whole(1, "parallel processes (default: one per core)"),
  ),
  out: optional(
    path(
      "DIR",
      "folder for the results of the data sets (default: results/runs/…)",
    ),
  ),
};

/** `ils synthetic`: the study's tables on Gaussian circles, or a part of them. */
export const synthetic = command({
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
    `The --teacher-… flags and --generations belong to table-v: they replace
the teacher of ils1, ils2 and ilsq, which is the network of row ce by default.

The results of a data set are stored when it is done, and not computed again: the
same command continues after an interrupt, and --first and --datasets select any
part.`,
  async run(values, context) {
    const spec = specOf(values);
    const run = await runAll(spec, values, context);
    return await syntheticAnswer(spec, run);
  },
});

function specOf(values: Values<typeof flags>): SyntheticSpec {
  const { experiment, methods, batch } = values;
  const planning = givenFlags(values);
  const [belonging] = [
    ...methods === undefined ? [] : ["methods"],
    ...planning,
  ];
  if (belonging !== undefined && experiment !== "table-v") {
    throw new BadInput(
      `${flagName(belonging)} belongs to --experiment table-v: ` +
        `current value is ${experiment}`,
    );
  }
  // One by one: whatever stood in it besides would make another study of it.
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
  return planning.length === 0
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
          onDamaged: (reason) => context.say(`${reason}; done again\n`),
          onProgress: (progress) => {
            last = progress;
            show(progress);
          },
        }),
      () =>
        new Interrupted(
          `Stopped with ${last?.done ?? 0} of ${datasets} data sets done; ` +
            "the same call goes on",
        ),
    );
  } catch (error) {
    if (context.terminal && last !== undefined) context.say("\n");
    throw error;
  }
}

/** Redrawn in place on a terminal, else a line a data set. */
function progressLine({ say, terminal }: Context) {
  return ({ done, total, secondsLeft }: SyntheticProgress) => {
    const left = Number.isNaN(secondsLeft) || done === total
      ? ""
      : `, ${duration(secondsLeft)} left`;
    const line = `${done} of ${total} data sets${left}`;
    if (terminal) say(`\r\x1b[K${line}${done === total ? "\n" : ""}`);
    else say(`${line}\n`);
  };
}
