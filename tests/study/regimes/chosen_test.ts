import assert from "node:assert/strict";
import { REGIME_STUDIES } from "../../../lib/study/regime_studies.ts";
import { chosenNumbers } from "../../../lib/study/regimes/chosen.ts";
import type { ChosenPoint } from "../../../lib/tune/choose.ts";
import { losses, sampleCell } from "./sample_cells.ts";

const { plans } = REGIME_STUDIES.regimes;
const MLP = plans[0];
const CONVOLUTIONAL = plans.find(({ model }) => model !== "mlp")!;
const CELLS = [
  sampleCell({}, { ce: losses(1) }),
  sampleCell({ network: "resnet8" }, { ce: losses(1) }),
];

function point(
  method: string,
  numbers: ChosenPoint["numbers"],
  atEdge: readonly string[],
): ChosenPoint {
  return {
    ...{ method, numbers, atEdge, tried: 5, runs: [], failed: 0 },
    ...{ logLoss: 0.5, logLossStdev: 0, accuracy: 0.8, accuracyStdev: 0 },
  };
}

Deno.test("chosenNumbers() shows the numbers with several candidates, a star at the end of three or more", () => {
  const chosen = [
    point("ls", { epsilon: 0.02 }, ["epsilon"]),
    point(
      "ilsq",
      { p1: 0.8, p2: 2, maxEpsilon: 0.4, temperature: 4 },
      ["maxEpsilon", "temperature"],
    ),
  ];
  const rows = chosenNumbers([{ plan: MLP, results: [], chosen }], CELLS);
  assert.deepEqual(
    rows.map(({ method, numbers, values }) => [method, numbers, values]),
    [
      ["ls", "epsilon", "0.02*"],
      ["ilsq", "P2, largest epsilon, temperature", "2, 0.4, 4"],
    ],
  );
  assert.deepEqual([rows[0].network, rows[0].images], ["mlp", 1000]);
});

Deno.test("chosenNumbers() leaves out networks that take the numbers of another, and untuned ones", () => {
  const chosen = [point("ls", { epsilon: 0.02 }, [])];
  const tuned = [
    { plan: { ...MLP, tuning: null }, results: [], chosen: [] },
    { plan: CONVOLUTIONAL, results: [], chosen },
  ];
  assert.deepEqual(chosenNumbers(tuned, CELLS), []);
});
