import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { ROW_NAMES } from "../../lib/synthetic/candidates.ts";
import { type SyntheticSpec, syntheticSpec } from "../../lib/synthetic/spec.ts";

Deno.test("syntheticSpec() returns the published settings by default", () => {
  assert.deepEqual(syntheticSpec(), {
    experiment: "table-v",
    layout: "canonical",
    trainPerClass: 50,
    testPerClass: 5000,
    hiddenLayers: 5,
    batchSize: 32,
    methods: ROW_NAMES,
    studentSeeds: 5,
    members: 20,
    seed: 1,
  });
  const changed = syntheticSpec({ batchSize: null, seed: 0, members: 5 });
  assert.deepEqual(
    [changed.batchSize, changed.seed, changed.members],
    [null, 0, 5],
  );
});

Deno.test("syntheticSpec() puts methods in the tables' order, each once", () => {
  const { methods } = syntheticSpec({
    methods: ["student-of-ce", "ls", "bayes", "ls", "ce"],
  });
  assert.deepEqual(methods, ["bayes", "ce", "ls", "student-of-ce"]);
});

/** A plan of one network and one generation, with changes. */
const teacher = (changes: object) => ({
  teacher: {
    method: { name: "ce" },
    networks: { kind: "one" },
    generations: 1,
    ...changes,
  },
});

Deno.test("syntheticSpec() drops a teacher plan that is the default", () => {
  assert.deepEqual(syntheticSpec(teacher({}) as never), syntheticSpec());
  const ensemble = { networks: { kind: "ensemble", members: 2 } };
  for (const changes of [{ generations: 2 }, ensemble]) {
    const other = teacher(changes);
    const { teacher: known } = syntheticSpec(other as never);
    assert.deepEqual(known, other.teacher);
  }
});

const WRONG: readonly [object, string][] = [
  [{ ...teacher({}), experiment: "fig-6" }, "A teacher belongs to experiment"],
  [{ ...teacher({}), methods: ["ls"] }, "A teacher needs one of ils1, ils2"],
  [{ ...teacher({}), methods: [] }, "Methods must be some of bayes, ce"],
  [{ ...teacher({}), methods: ["ils3"] }, "Methods must be among bayes, ce"],
  [teacher({ generations: 0 }), "generations must be a whole number"],
  [teacher({ method: { name: "ls", epsilon: 2 } }), "Cannot smooth labels as"],
  [
    teacher({ networks: { kind: "ensemble", members: 1 } }),
    "members must be a whole number of at least 2",
  ],
  [
    teacher({ networks: { kind: "folds", folds: 1, repeats: 1 } }),
    "folds must be a whole number of at least 2",
  ],
  [
    teacher({ networks: { kind: "folds", folds: 2, repeats: 0 } }),
    "repeats must be a whole number of at least 1",
  ],
  [
    {
      ...teacher({ networks: { kind: "folds", folds: 4, repeats: 1 } }),
      trainPerClass: 1,
    },
    "Cannot cut 3 training points into 4 folds",
  ],
  [{ experiment: "fig-7" }, "Experiment must be one of table-v, fig-6"],
  [{ layout: "round" }, "Layout must be one of canonical"],
  [{ layout: "toString" }, "Layout must be one of canonical"],
  [{ trainPerClass: 0 }, "Training points per class must be a whole number"],
  [{ testPerClass: 1.5 }, "Test points per class must be a whole number"],
  [{ hiddenLayers: 0 }, "Hidden layers must be a whole number"],
  [{ batchSize: 0 }, "Batch size must be a whole number"],
  [{ studentSeeds: 0 }, "Seeds of students must be a whole number"],
  [{ members: 7 }, "Repeats of five folds, members / 5, must be a whole"],
  [{ members: 0 }, "Repeats of five folds, members / 5, must be a whole"],
  [{ seed: -1 }, "seed must be a whole number of at least 0"],
  [{ methods: [] }, "Methods must be some of bayes, ce"],
  [{ methods: ["ce", "foo"] }, "Methods must be among bayes, ce"],
];

for (const [wrong, message] of WRONG) {
  Deno.test(`syntheticSpec() refuses ${JSON.stringify(wrong)} in one line`, () => {
    assert.throws(
      () => syntheticSpec(wrong as Partial<SyntheticSpec>),
      (error) => {
        assert(error instanceof BadInput);
        assert(error.message.startsWith(message), error.message);
        assert.equal(error.message.split("\n").length, 1);
        return true;
      },
    );
  });
}
