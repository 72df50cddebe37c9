import assert from "node:assert/strict";
import { tuneTable } from "../../../lib/reports/tables/tune_table.ts";
import { result } from "../../tune/answer_samples.ts";

const POINTS = [
  result("ce", {}, 0.5),
  result("ls", { epsilon: 0.05 }, 0.41234),
  result("ls", { epsilon: 0.1 }, null),
  result("ils1", { p1: 0.8, p2: 2, maxEpsilon: 0.2 }, 0.3),
];

Deno.test("tuneTable() has one row per point, with one column per hyperparameter", () => {
  const lines = tuneTable(POINTS, [POINTS[1]]).markdown().trim().split("\n");
  assert.deepEqual(lines.slice(2).map((line) => line.slice(2, -2)), [
    "method | epsilon | P1 | P2 | largest epsilon | seeds | " +
    "validation log loss | validation accuracy, % | failed runs | chosen",
    ":--- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | :---",
    "ce | – | – | – | – | 2 | 0.5000 ± 0.0100 | 90.00 ± 0.20 | 0 | ",
    "ls | 0.05 | – | – | – | 2 | 0.4123 ± 0.0100 | 90.00 ± 0.20 | 0 | yes",
    "ls | 0.1 | – | – | – | 2 | – | – | 1 | ",
    "ils1 | – | 0.8 | 2 | 0.2 | 2 | 0.3000 ± 0.0100 | 90.00 ± 0.20 | 0 | ",
  ]);
});

Deno.test("tuneTable() keeps all digits in CSV", () => {
  const [head, , second] = tuneTable(POINTS, []).csv().split("\r\n");
  assert.match(head, /^method,epsilon,p1,p2,maxEpsilon,seeds,logLoss,/);
  assert.match(second, /^ls,0.05,,,,2,0.41234,0.01,0.9,0.002,0,$/);
});
