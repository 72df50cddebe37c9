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

/** Points a step, or all of them. */
const batchKind: FlagKind<number | null> = {
  placeholder: "N|full",
  help: "points a step, or full for all at once",
  parse: (text, flag) =>
    text === "full" ? null : whole(1, "points a step").parse(text, flag),
};

const methodsKind: FlagKind<SyntheticSpec["methods"]> = {
  placeholder: "M,M",
  help: `rows of the tables: ${ROW_NAMES.join(", ")}; all unless given`,
  parse: (text) => text.split(",").map(checkRowName),
};

const flags = {
  experiment: byDefault(
    "table-v",
    choice(EXPERIMENTS, {
      placeholder: "NAME",
      help: "what is done with each data set",
    }),
  ),
  datasets: byDefault(100, whole(1, "data sets")),
  first: byDefault(0, whole(0, "number of the first")),
  batch: byDefault(32, batchKind),
  methods: optional(methodsKind),
  layout: byDefault(
    "canonical",
    choice(Object.keys(LAYOUTS), {
      placeholder: "NAME",
      help: "where the circles lie",
    }),
  ),
  trainPerClass: byDefault(
    STUDY_SIZES.train,
    whole(1, "training points a class; the study's larger set has 200"),
  ),
  testPerClass: byDefault(STUDY_SIZES.test, whole(1, "test points a class")),
  hiddenLayers: byDefault(
    5,
    whole(1, "layers of 64 units; the study's shallow network has 1"),
  ),
  studentSeeds: byDefault(5, whole(1, "teachers: seeds of every student")),
  members: byDefault(
    20,
    whole(5, "teachers: networks of an ensemble, a multiple of 5"),
  ),
  ...teacherPlanFlags,
  seed: byDefault(1, whole(0, "of data sets and networks")),
  workers: optional(
    whole(1, "processes side by side; one a core unless given"),
  ),
  out: optional(
    path("DIR", "where data sets are kept; results/runs/… unless given"),
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
  notes: `table-v: Tables V and VI; fig-6: the best epsilon by true-class
probability; fig-11: the surface over P1 and P2; teachers: which teacher helps.
The --teacher-… flags and --generations replace the teacher of ils1, ils2 and
ilsq in table-v, which is the network of row ce without them.
Each data set is kept when it is done, and never done again: the same call goes
on after an interrupt, and --first and --datasets take any part.`,
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
