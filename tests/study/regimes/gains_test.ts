import assert from "node:assert/strict";
import {
  gainsBySeed,
  pairedGain,
  regimeGains,
  summariseGains,
} from "../../../lib/study/regimes/gains.ts";
import { losses, sampleCell } from "./sample_cells.ts";

const close = (value: number) => Number(value.toFixed(10));

Deno.test("regimeGains() is positive where a method is better, for every score", () => {
  const cell = sampleCell({}, {
    "ce": [1, 2].map(() => (
      {
        logLoss: 0.5,
        accuracy: 0.8,
        ece: 0.06,
        aurc: 0.1,
        studentAccuracy: 0.7,
      }
    )),
    "ls": [1, 2].map(() => (
      {
        logLoss: 0.4,
        accuracy: 0.9,
        ece: 0.02,
        aurc: 0.05,
        studentAccuracy: 0.8,
      }
    )),
  }, { temperatures: [1.2, 1.4] });
  const gains = regimeGains(cell);
  assert.deepEqual(
    gains.map((
      { method, rival, score, gain },
    ) => [method, rival, score, close(gain)]),
    [
      ["ls", "ce", "logLoss", 0.1],
      ["ls", "ce", "accuracy", 0.1],
      ["ls", "ce", "ece", 0.04],
      ["ls", "ce", "aurc", 0.05],
      ["ls", "ce", "studentAccuracy", 0.1],
    ],
  );
  for (const { temperature, network, images, noise, n } of gains) {
    assert.equal(close(temperature), 1.3);
    assert.deepEqual([network, images, noise, n], ["mlp", 1000, "none", 2]);
  }
});

Deno.test("regimeGains() pairs by seed, with Student's t interval", () => {
  const cell = sampleCell({}, {
    ce: losses(0.5, 0.7, 0.9),
    ls: losses(0.4, 0.5, 0.6),
  });
  // Gains 0.1, 0.2 and 0.3: mean 0.2, standard error 0.1 / √3, t(0.975, 2) 4.303.
  const [{ gain, low, high }] = regimeGains(cell);
  assert.deepEqual([gain, low, high].map((value) => value.toFixed(3)), [
    "0.200",
    "-0.048",
    "0.448",
  ]);
});

Deno.test("regimeGains() compares with ce, scaled ce and ls, and never ce itself or two equal accuracies", () => {
  const own = [{ accuracy: 0.8 }, { accuracy: 0.8 }];
  const cell = sampleCell({}, {
    "ce": own,
    "ls": own,
    "ilsq": own,
    "scaled ce": own,
  });
  const pairs = regimeGains(cell).map(({ method, rival, score }) =>
    `${method} ${rival} ${score}`
  );
  assert(!pairs.includes("scaled ce ce accuracy"));
  assert(pairs.includes("scaled ce ce logLoss"));
  assert(!pairs.some((pair) => pair.startsWith("ce ")));
  assert.deepEqual(
    pairs.filter((pair) => pair.endsWith("accuracy")),
    [
      "ls ce accuracy",
      "ilsq ce accuracy",
      "ls scaled ce accuracy",
      "ilsq scaled ce accuracy",
      "ilsq ls accuracy",
      "scaled ce ls accuracy",
    ],
  );
});

Deno.test("regimeGains() leaves out what a method lacks: students, seeds, a second seed", () => {
  const [taught, alone] = [{ studentAccuracy: 0.8 }, { studentAccuracy: null }];
  const scoresOf = (...ls: typeof taught[] | typeof alone[]) =>
    regimeGains(sampleCell({}, { ce: [taught, taught], ls }))
      .map(({ score }) => score);
  assert(scoresOf(taught, taught).includes("studentAccuracy"));
  assert.deepEqual(scoresOf(alone, alone), [
    "logLoss",
    "accuracy",
    "ece",
    "aurc",
  ]);
  assert.deepEqual(scoresOf(taught), []);
  assert.deepEqual(
    regimeGains(sampleCell({}, { ce: losses(1), ls: losses(2) })),
    [],
  );
});

Deno.test("gainsBySeed() is undefined unless both methods have the same seeds", () => {
  const { records } = sampleCell({}, { ce: losses(1, 2), ls: losses(0.5) });
  const pair = { method: "ls", rival: "ce", score: "logLoss" } as const;
  assert.equal(gainsBySeed(records, pair), undefined);
  assert.equal(gainsBySeed(records, { ...pair, rival: "cls" }), undefined);
  assert.equal(pairedGain(records, { ...pair, method: "cls" }), undefined);
  const first = records.filter(({ seed }) => seed === 1);
  assert.deepEqual(gainsBySeed(first, pair), [{ seed: 1, gain: 0.5 }]);
});

Deno.test("summariseGains() counts the cells where an interval is above or below 0", () => {
  const gain = (gain: number, reach: number) => ({
    ...{ network: "mlp", images: 1000, noise: "none", temperature: 1, n: 2 },
    ...{ method: "ilsq", rival: "ls", score: "logLoss" as const },
    ...{ gain, low: gain - reach, high: gain + reach },
  });
  const gains = [gain(3, 1), gain(2, 1), gain(-2, 1), gain(1, 2), gain(1, 1)];
  const other = { ...gain(5, 1), rival: "ce" };
  assert.deepEqual(summariseGains([...gains, other]), [
    {
      ...{ method: "ilsq", rival: "ls", score: "logLoss" },
      ...{ cells: 5, gain: 1, ahead: 4, better: 2, worse: 1 },
    },
    {
      ...{ method: "ilsq", rival: "ce", score: "logLoss" },
      ...{ cells: 1, gain: 5, ahead: 1, better: 1, worse: 0 },
    },
  ]);
});
