import assert from "node:assert/strict";
import { fitTemperature } from "../../../lib/calibration/calibrators/temperature.ts";
import { bayesLogits } from "../../../lib/synthetic/circles.ts";
import {
  candidates,
  ROW_NAMES,
  type RowName,
} from "../../../lib/synthetic/candidates.ts";
import {
  runTable,
  type TableRow,
} from "../../../lib/synthetic/table/table_run.ts";
import type { TeacherPlan } from "../../../lib/runs/teacher_plan.ts";
import { meanLogits } from "../../../lib/logits/mean_logits.ts";
import { matrix, row } from "../../../lib/matrix.ts";
import { asLogits } from "../../../lib/matrix_kinds.ts";
import { softmax } from "../../../lib/logits/softmax.ts";
import { buildTargets } from "../../../lib/smoothing/targets.ts";
import { assertClose } from "../../calibration/close.ts";
import { assertAllClose } from "../../training/all_close.ts";
import {
  fakeLaboratory,
  hastyLaboratory,
  numberedLogits,
  probabilities,
  smallLaboratory,
} from "../fake_laboratory.ts";

const all = runTable(hastyLaboratory(), ROW_NAMES);

const labelsOf = (rows: readonly TableRow[]) =>
  rows.map(({ method, bound }) =>
    bound === null ? method : `${method} ${bound}`
  );

Deno.test("runTable() has methods unscaled and scaled both ways, Bayes and students once", () => {
  const methods = ["ce", "ls", "ls-0.2", "ils1", "ils2", "ilsq"];
  assert.deepEqual(labelsOf(all.rows), [
    "bayes",
    ...methods.flatMap((name) => [name, `${name} wide`, `${name} published`]),
    "student-of-bayes",
    "student-of-ce",
    "student-of-ls",
    "student-of-ilsq",
  ]);
  for (const { scaled, bound, temperature } of all.rows) {
    assert.equal(scaled, bound !== null);
    if (bound === null) assert.equal(temperature, 1);
    if (bound === "published") assert(0.8 <= temperature && temperature <= 3);
  }
  // All candidates and the four students.
  assert.equal(all.networks, 212 + 4);
});

Deno.test("runTable() has the numbers of each row's chosen candidate", () => {
  for (const { method, epsilon, p1, p2, shapeTemperature } of all.rows) {
    const numbers = { epsilon, p1, p2, shapeTemperature };
    const present = Object.entries(numbers).filter(([, value]) =>
      value !== null
    );
    const found = method === "bayes" || method.startsWith("student-")
      ? present.length === 0
      : candidates(method as "ls").some((candidate) => {
        const { name: _, maxEpsilon: _1, ...own } = candidate as Readonly<
          Record<string, unknown>
        >;
        const { temperature, ...rest } = own;
        const renamed = temperature === undefined
          ? rest
          : { ...rest, shapeTemperature: temperature };
        return present.length === Object.keys(renamed).length &&
          present.every(([key, value]) =>
            renamed[key as keyof typeof renamed] === value
          );
      });
    assert(found, `${method} ${JSON.stringify(numbers)}`);
  }
});

Deno.test("runTable() also trains the teachers of a requested row", () => {
  const cases: [RowName[], number][] = [
    [["bayes"], 0],
    [["ce"], 1],
    [["student-of-bayes"], 1],
    [["student-of-ce"], 1 + 1],
    [["ls"], 12],
    [["student-of-ls"], 12 + 1],
    [["ils1"], 1 + 30],
    [["ils2", "ce"], 1 + 48],
    [["student-of-ilsq"], 1 + 120 + 1],
    [["student-of-ce", "student-of-ls"], 1 + 12 + 2],
  ];
  for (const [requested, count] of cases) {
    const { laboratory, jobs } = fakeLaboratory();
    const { networks, epochs, rows } = runTable(laboratory, requested);
    assert.equal(networks, count, String(requested));
    assert.equal(jobs.length, count, String(requested));
    assert.deepEqual([...new Set(rows.map(({ method }) => method))], requested);
    // The fake's networks are trained 10, 11, 12, ... epochs.
    assertClose(epochs, count === 0 ? 0 : 10 + (count - 1) / 2);
    assert.equal(new Set(jobs.map(({ name }) => name)).size, count, "names");
  }
});

/** Places of the networks whose mean teaches the last 48, by plan. */
const PLANS: readonly [TeacherPlan["networks"], number, number[]][] = [
  // The plain network is the first, the sixth candidate is chosen.
  [{ kind: "one" }, 2, [1 + 5]],
  [{ kind: "one" }, 3, [1 + 48 + 5]],
  [{ kind: "ensemble", members: 4 }, 1, [1, 2, 3, 4]],
  [{ kind: "ensemble", members: 4 }, 2, [53, 54, 55, 56]],
  [{ kind: "folds", folds: 3, repeats: 2 }, 2, [1 + 6 + 5]],
];

for (const [networks, generations, teachers] of PLANS) {
  const title = `${networks.kind}, generation ${generations}`;
  Deno.test(`runTable() teaches by a planned teacher: ${title}`, () => {
    const own = candidates("ils2");
    const { epsilon, temperature } = own[5] as Record<string, unknown>;
    const chosen = `ils2/${epsilon}/${temperature}`;
    const { laboratory, jobs } = fakeLaboratory({
      methods: ["ils2"],
      teacher: { method: { name: "ls", epsilon: 0.1 }, networks, generations },
    }, { loss: (_, { name }) => name === chosen ? 0.5 : 1 });
    const record = runTable(laboratory, ["ils2"]);
    assert.equal(record.networks, jobs.length);
    // The row comes from the last generation.
    const last = jobs.length - 48;
    assert.equal(record.rows[0].epochs, 10 + last + 5);
    const { classes, data: { train: { labels } } } = laboratory;
    // A plan of one ls network trains it before the candidates.
    const shift = networks.kind === "one" ? 1 : 0;
    const logits = meanLogits(
      teachers.map((place) => numberedLogits(place + shift, labels.length)),
    );
    const teacher = { logits, temperature: 1 };
    own.forEach((method, i) =>
      assertAllClose(
        jobs[last + i].targets.data,
        buildTargets(method, { labels, classes, teacher }).data,
        1e-6,
      )
    );
  });
}

Deno.test("runTable() does not apply a teacher plan to the students of Table VI", () => {
  const plan = (networks: TeacherPlan["networks"]) => {
    const method = { name: "ls", epsilon: 0.1 };
    const teacher = { method, networks, generations: 1 };
    const { laboratory, jobs } = fakeLaboratory({
      methods: ["ils2", "student-of-ce"],
      teacher: teacher as TeacherPlan,
    });
    runTable(laboratory, ["ils2", "student-of-ce"]);
    const student = jobs.find(({ name }) => name === "student-of-ce")!;
    const taught = jobs.find(({ name }) => name.startsWith("ils2/"))!;
    return [student.targets.data, taught.targets.data];
  };
  const one = plan({ kind: "one" });
  const many = plan({ kind: "ensemble", members: 4 });
  assert.deepEqual(one[0], many[0]);
  assert.notDeepEqual(one[1], many[1]);
});

Deno.test("runTable() does not change accuracy by scaling the same choice", () => {
  let same = 0;
  for (const method of ["ce", "ls", "ls-0.2", "ils1", "ils2", "ilsq"]) {
    const [plain, ...scaled] = all.rows.filter((row) => row.method === method);
    const numbers = ({ epsilon, p1, p2, shapeTemperature }: TableRow) =>
      [epsilon, p1, p2, shapeTemperature].join();
    for (const other of scaled) {
      // Each searches a set that contains the plain choice.
      assert(other.temperature !== 1, "scaled at all");
      if (other.bound === "wide") {
        assert(other.validationLogLoss <= plain.validationLogLoss + 1e-6);
      }
      if (numbers(other) !== numbers(plain)) continue;
      same++;
      assert.deepEqual(
        [other.accuracy, other.accuracyDense, other.accuracySparse],
        [plain.accuracy, plain.accuracyDense, plain.accuracySparse],
      );
      assert.notEqual(other.logLoss, plain.logLoss);
    }
  }
  assert(same >= 4, "those of ce and ls-0.2 at least");
});

Deno.test("runTable() scores the posterior in the Bayes row, as computed by hand", () => {
  const laboratory = smallLaboratory();
  const { rows: [bayes], networks, epochs } = runTable(laboratory, ["bayes"]);
  assert.deepEqual([networks, epochs, bayes.epochs], [0, 0, null]);
  const { layout, validation, test } = laboratory.data;
  const measure = (part: typeof test, selected = (_: number) => true) => {
    const p = softmax(bayesLogits(layout, part.points));
    const own = [...part.labels.keys()].filter(selected);
    const right = own.filter((i) =>
      p.data[3 * i + part.labels[i]] === Math.max(...row(p, i))
    );
    const losses = own.map((i) => -Math.log(p.data[3 * i + part.labels[i]]));
    return {
      accuracy: right.length / own.length,
      logLoss: losses.reduce((sum, loss) => sum + loss) / own.length,
    };
  };
  assertClose(bayes.accuracy, measure(test).accuracy);
  assertClose(bayes.logLoss, measure(test).logLoss);
  assertClose(bayes.validationLogLoss, measure(validation).logLoss);
  for (const part of [0, 1]) {
    const { accuracy } = measure(test, (i) => test.sparse[i] === part);
    const found = part === 1 ? bayes.accuracySparse : bayes.accuracyDense;
    assertClose(found!, accuracy);
  }
});

Deno.test("runTable() is deterministic, and data set and seed change the record", () => {
  const run = (number: number, seed: number) =>
    runTable(smallLaboratory(number, { seed, trainPerClass: 10 }), [
      "ce",
      "student-of-ce",
    ]);
  const record = run(0, 1);
  assert.deepEqual(run(0, 1), record);
  const losses = [record, run(1, 1), run(0, 2)]
    .map(({ rows }) => rows[0].logLoss);
  assert.equal(new Set(losses).size, 3);
});

Deno.test("runTable() has no sparse accuracy if no circle is sparse", () => {
  const laboratory = fakeLaboratory({ layout: "different" }).laboratory;
  const { rows } = runTable(laboratory, ["bayes", "ce"]);
  for (const { accuracy, accuracyDense, accuracySparse } of rows) {
    assert.equal(accuracySparse, null);
    assert.equal(accuracyDense, accuracy);
  }
});

Deno.test("runTable() takes as teacher the network chosen on validation", () => {
  const best = { "ls/0.07": 0.4, "ilsq/0.8/1.5/0.2/4": 0.3 };
  const { laboratory, jobs } = fakeLaboratory({}, {
    loss: (_, { name }) => best[name as keyof typeof best] ?? 1,
  });
  const { rows } = runTable(laboratory, [
    "ls",
    "ilsq",
    "student-of-ce",
    "student-of-ls",
    "student-of-ilsq",
  ]);
  const chosen = rows.filter(({ bound, method }) =>
    bound === null && !method.startsWith("student-")
  );
  assert.deepEqual(
    chosen.map((
      { epsilon, p1, p2, shapeTemperature, validationLogLoss },
    ) => [epsilon, p1, p2, shapeTemperature, validationLogLoss]),
    [[0.07, null, null, null, 0.4], [null, 0.8, 1.5, 4, 0.3]],
  );
  const placeOf = (name: string) => jobs.findIndex((job) => job.name === name);
  for (
    const [student, teacher] of [
      ["student-of-ce", "ce/"],
      ["student-of-ls", "ls/0.07"],
      ["student-of-ilsq", "ilsq/0.8/1.5/0.2/4"],
    ]
  ) {
    const logits = numberedLogits(placeOf(teacher), 150);
    assertAllClose(
      jobs[placeOf(student)].targets.data,
      probabilities(logits),
      1e-6,
      student,
    );
  }
});

Deno.test("runTable() uses the scaled plain network to teach instance-based methods", () => {
  // On validation, the plain network's logits are three times the true ones.
  const { data: { layout, validation } } = smallLaboratory();
  const truth = bayesLogits(layout, validation.points);
  const plain = asLogits(
    matrix(Float32Array.from(truth.data, (z) => 3 * z), 3),
  );
  const { laboratory, jobs } = fakeLaboratory({}, {
    logits: (place, part) =>
      part === "validation"
        ? plain
        : numberedLogits(place, part === "train" ? 150 : 60),
  });
  runTable(laboratory, ["ils1"]);
  const { temperature } = fitTemperature(plain, validation.labels);
  assert(2 < temperature && temperature < 4.5, String(temperature));
  const method = candidates("ils1")[0];
  assert.deepEqual(
    jobs[1].targets,
    buildTargets(method, {
      labels: laboratory.data.train.labels,
      classes: 3,
      teacher: { logits: numberedLogits(0, 150), temperature },
    }),
  );
});

Deno.test("runTable() trains the student of Bayes on the posterior of its points", () => {
  const { laboratory, jobs } = fakeLaboratory();
  runTable(laboratory, ["student-of-bayes"]);
  const { layout, train } = laboratory.data;
  assertAllClose(
    jobs[0].targets.data,
    probabilities(bayesLogits(layout, train.points)),
    1e-6,
  );
});
