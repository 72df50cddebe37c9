import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { checkSpec } from "../../lib/runs/check_spec.ts";
import { type RunSpec, runTeacher } from "../../lib/runs/spec.ts";
import { FOCAL, OWN, STUDENT, TAUGHT, TINY } from "./specs.ts";

/** Returns a spec with any changes, as it may come from a file. */
function changed(base: RunSpec, changes: object): RunSpec {
  return { ...base, ...changes };
}

const data = (changes: object) =>
  changed(TINY, { data: { ...TINY.data, ...changes } });
const own = (changes: object) => data({ own: { ...OWN, ...changes } });
const training = (changes: object) =>
  changed(TINY, { training: { ...TINY.training, ...changes } });
const objective = (changes: object) =>
  changed(STUDENT, { objective: { ...STUDENT.objective, ...changes } });
const hold = (changes: object) =>
  data({ holdOut: { folds: 3, fold: 0, seed: 1, ...changes } });
const noise = (changes: object) =>
  data({ noise: { kind: "even", rate: 0.2, seed: 1, ...changes } });
const several = (teacher: object) => changed(TAUGHT, { teacher });

const WRONG: readonly [RunSpec, RegExp][] = [
  [
    changed(TINY, { sead: 1 }),
    /^Run has an unknown key sead: allowed are .*seed/,
  ],
  [data({ datset: 1 }), /^Data has an unknown key datset: /],
  [training({ lr: 1 }), /^Training has an unknown key lr: allowed are .*learn/],
  [
    data({ dataset: "mnist" }),
    /^Data set must be one of .*excerpt.*: .* mnist$/,
  ],
  [own({ path: 1 }), /^Own data has an unknown key path: allowed are fo/],
  [own({ sha256: "ab" }), /^SHA-256 of own data must be 64 .* ab$/],
  [own({ imageSize: 0 }), /^imageSize must be a whole number .* 0$/],
  [own({ fit: "pad" }), /^fit must be crop or stretch: .* pad$/],
  [own({ channels: 2 }), /^channels must be 1 or 3: .* 2$/],
  [own({ augment: "flip" }), /^augment must be crop-flip: .* flip$/],
  [
    changed(TAUGHT, { teacher: runTeacher(own({})) }),
    /^A teacher must be trained on the data set excerpt: it was .* excerpt \(aaaaaaaaaa\)$/,
  ],
  [data({ limit: 1 }), /^limit must be a whole number of at least 2: .* 1$/],
  [data({ trainFraction: 1 }), /^trainFraction must be in \(0, 1\): .* 1$/],
  [data({ splitSeed: -1 }), /^splitSeed must be a whole number .* -1$/],
  [changed(TINY, { model: "vgg" }), /^Model must be one of mlp.*: .* vgg$/],
  [changed(TINY, { seed: 1.5 }), /^seed must be a whole number .* 1.5$/],
  [training({ optimizer: "lion" }), /^optimizer must be sgd or adam: .* lion$/],
  [training({ learningRate: 0 }), /^learningRate must be in \(0, Inf.* 0$/],
  [training({ momentum: 1 }), /^momentum must be in \[0, 1\): .* 1$/],
  [training({ weightDecay: -1 }), /^weightDecay must be in \[0, .* -1$/],
  [training({ gamma: 2 }), /^gamma must be in \(0, 1\]: .* 2$/],
  [
    training({ milestones: [0.5, 0.5] }),
    /^milestones must increase: .* 0.5, 0.5$/,
  ],
  [training({ batchSize: 0 }), /^batchSize must be a whole number .* 0$/],
  [training({ epochs: 0 }), /^epochs must be a whole number .* 0$/],
  [training({ patience: 0 }), /^patience must be a whole number .* 0$/],
  [objective({ alpha: 1.1 }), /^alpha must be in \[0, 1\]: .* 1.1$/],
  [objective({ temperature: 0 }), /^temperature must be in \(0, Inf.* 0$/],
  [
    objective({ teacherScaled: true, teacherCalibrator: "temperature" }),
    /^teacherCalibrator must be one of temperature-ece, .* absent for temperature: current value is temperature$/,
  ],
  [
    objective({ teacherCalibrator: "vector" }),
    /^teacherCalibrator needs teacherScaled: true$/,
  ],
  [changed(TAUGHT, { teacher: null }), /^Method ils needs a teacher$/],
  [changed(STUDENT, { teacher: null }), /^Distillation needs a teacher$/],
  [
    changed(TINY, { teacher: runTeacher(TINY) }),
    /^Method ce takes no teacher$/,
  ],
  [
    changed(FOCAL, { teacher: runTeacher(TINY) }),
    /^Method focal takes no teacher$/,
  ],
  [
    changed(FOCAL, { objective: { kind: "loss", loss: { name: "hinge" } } }),
    /^Loss must be one of .*focal.*: current value is hinge$/,
  ],
  [
    changed(TAUGHT, { teacher: runTeacher(training({ epochs: 0 })) }),
    /^epochs must be a whole number .* 0$/,
  ],
  [
    changed(TAUGHT, { teacher: runTeacher(data({ dataset: "fashionmnist" })) }),
    /^A teacher must be trained on the data set excerpt: it was .* fashionmnist$/,
  ],
  [noise({ rate: 0 }), /^rate must be in \(0, 1\]: current value is 0$/],
  [noise({ rate: 1.1 }), /^rate must be in \(0, 1\]: current value is 1.1$/],
  [noise({ seed: -1 }), /^seed must be a whole number .* -1$/],
  [noise({ kind: "odd" }), /^kind must be even or similar: .* odd$/],
  [noise({ source: TINY }), /^Label noise has an unknown key source: /],
  [
    noise({ kind: "similar" }),
    /^Similar label noise needs a source: a ce run$/,
  ],
  [
    noise({ kind: "similar", source: training({ epochs: 0 }) }),
    /^epochs must be a whole number .* 0$/,
  ],
  [
    noise({ kind: "similar", source: data({ dataset: "fashionmnist" }) }),
    /^The source of similar label noise must be .*, excerpt: it is on fashionmnist$/,
  ],
  [
    noise({ kind: "similar", source: FOCAL }),
    /^The source of similar label noise must be a ce run on the clean labels of the same data: it is focal with clean labels$/,
  ],
  [
    noise({ kind: "similar", source: noise({}) }),
    /^The source of .*: it is ce with 20 % even label noise \(seed 1\)$/,
  ],
  [
    several(runTeacher(noise({}))),
    /^A teacher must have the label noise of its student, clean labels: it has 20 % even label noise \(seed 1\)$/,
  ],
  [
    { ...TAUGHT, data: noise({}).data },
    /^A teacher must have .* student, 20 % even label noise \(seed 1\): it has clean labels$/,
  ],
  [
    {
      ...TAUGHT,
      data: noise({}).data,
      teacher: runTeacher(noise({ seed: 2 })),
    },
    /^A teacher must have .* \(seed 1\): it has 20 % even .* \(seed 2\)$/,
  ],
  [hold({ fold: 3 }), /^fold must be in \[0, 3\): current value is 3$/],
  [hold({ folds: 1 }), /^folds must be a whole number of at least 2: .* 1$/],
  [hold({ fould: 1 }), /^Hold-out has an unknown key fould: /],
  [
    several({ kind: "ensemble", ensemble: TINY, members: 1 }),
    /^members must be a whole number of at least 2: .* 1$/,
  ],
  [
    several({ kind: "ensemble", ensemble: TINY, members: 2, seeds: [] }),
    /^Ensemble has an unknown key seeds: /,
  ],
  [
    several({
      kind: "ensemble",
      ensemble: training({ epochs: 0 }),
      members: 2,
    }),
    /^epochs must be a whole number .* 0$/,
  ],
  [
    several({ kind: "cross-fitted", crossFitted: TINY, folds: 1, repeats: 1 }),
    /^folds must be a whole number of at least 2: .* 1$/,
  ],
  [
    several({ kind: "cross-fitted", crossFitted: TINY, folds: 2, repeats: 0 }),
    /^repeats must be a whole number of at least 1: .* 0$/,
  ],
  [
    several(TINY),
    /^A teacher's kind must be run, ensemble, .*: current value is undefined$/,
  ],
  [
    several(runTeacher(hold({}))),
    /^A teacher must hold out the same as its student, nothing: it holds out fold 0 of 3 by seed 1$/,
  ],
  [
    { ...TAUGHT, data: hold({}).data },
    /^A teacher must hold out the same as its student, fold 0 of 3 .*: it holds out nothing$/,
  ],
  [
    {
      ...TAUGHT,
      data: hold({}).data,
      teacher: { kind: "logits", logits: "ab" },
    },
    /^Logits from a file cannot teach a run that holds out fold 0 of 3 by seed 1: /,
  ],
  [
    several({
      kind: "cross-fitted",
      crossFitted: several({
        kind: "cross-fitted",
        crossFitted: TINY,
        folds: 2,
        repeats: 1,
      }),
      folds: 2,
      repeats: 1,
    }),
    /^A cross-fitted teacher cannot teach a run that holds out fold 0 of 2 /,
  ],
];

for (const [spec, message] of WRONG) {
  Deno.test(`checkSpec() refuses: ${message.source}`, () => {
    assert.throws(() => checkSpec(spec), (error) => {
      assert(error instanceof BadInput);
      assert.match(error.message, message);
      return true;
    });
  });
}

Deno.test("checkSpec() accepts runs, students, losses and logits from a file", () => {
  for (const spec of [TINY, TAUGHT, STUDENT, FOCAL]) checkSpec(spec);
  checkSpec({ ...TAUGHT, teacher: runTeacher(FOCAL) });
  checkSpec({ ...TAUGHT, teacher: { kind: "logits", logits: "ab" } });
  checkSpec(data({ limit: null, splitSeed: 3 }));
  const images = { imageSize: 32, fit: "stretch", channels: 3 };
  const mine = own({ ...images, augment: "crop-flip" });
  // Its teacher may have read the same data from another folder.
  const elsewhere = own({
    ...mine.data.own,
    folder: "/elsewhere",
  });
  checkSpec({ ...TAUGHT, data: mine.data, teacher: runTeacher(elsewhere) });
  checkSpec({ ...TAUGHT, data: hold({}).data, teacher: runTeacher(hold({})) });
  const similar = noise({ kind: "similar", source: TINY });
  checkSpec({ ...TAUGHT, data: similar.data, teacher: runTeacher(similar) });
  checkSpec(several({ kind: "ensemble", ensemble: TAUGHT, members: 2 }));
  checkSpec(
    several({
      kind: "cross-fitted",
      crossFitted: TAUGHT,
      folds: 2,
      repeats: 1,
    }),
  );
});
