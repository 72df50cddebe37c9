import assert from "node:assert/strict";
import { LAYOUTS } from "../../lib/synthetic/circles.ts";
import { candidates } from "../../lib/synthetic/candidates.ts";
import {
  EPSILON_AXIS,
  fixedNumbers,
} from "../../lib/synthetic/study_numbers.ts";
import { type SyntheticSpec, syntheticSpec } from "../../lib/synthetic/spec.ts";
import {
  CANDIDATES,
  TEACHER_NAMES,
} from "../../lib/synthetic/teachers/teacher_grid.ts";

const ALL = {
  circles: LAYOUTS.canonical.classes,
  validationPerClass: 50,
  training: { learningRate: 0.01, epochs: 500, patience: 10, hiddenUnits: 64 },
  bins: 15,
};

/** Throws unless an experiment's numbers are those of all and its own. */
function assertNumbers(changes: Partial<SyntheticSpec>, own: object): void {
  assert.deepEqual(fixedNumbers(syntheticSpec(changes)), { ...ALL, ...own });
}

Deno.test("fixedNumbers() of a table includes the grids of all methods that it trains", () => {
  const bound = { low: 0.8, high: 3 };
  const ce = candidates("ce");
  const ls = candidates("ls");
  const ils2 = candidates("ils2");
  assertNumbers({ methods: ["bayes"] }, { candidates: {}, bound });
  assertNumbers({ methods: ["bayes", "ls"] }, { candidates: { ls }, bound });
  assertNumbers({ methods: ["ils2"] }, { candidates: { ce, ils2 }, bound });
  assertNumbers({ methods: ["student-of-ls"] }, { candidates: { ls }, bound });
});

Deno.test("fixedNumbers() of the figures includes their axes", () => {
  assertNumbers({ experiment: "fig-6" }, {
    epsilon: EPSILON_AXIS,
    probabilityGroups: 50,
  });
  const p1 = [0.975, 0.95, 0.925, 0.9, 0.875, 0.85];
  p1.push(0.825, 0.8, 0.775, 0.75, 0.725, 0.7);
  assertNumbers({ experiment: "fig-11" }, {
    p1,
    p2: [1, 2, 4, 6, 8, 10],
    maxEpsilon: 0.2,
  });
});

Deno.test("fixedNumbers() of the teachers includes their names and their students' grids", () => {
  assertNumbers({ experiment: "teachers" }, {
    teachers: TEACHER_NAMES,
    candidates: CANDIDATES,
    teaching: {
      smoothed: { name: "ls", epsilon: 0.09 },
      second: { name: "ils2", epsilon: 0.1, temperature: 2 },
      secondMix: { name: "mix", lambda: 0.9 },
      folds: 5,
    },
  });
});
