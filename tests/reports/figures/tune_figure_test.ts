import assert from "node:assert/strict";
import { tuneFigure } from "../../../lib/reports/figures/tune_figure.ts";
import { quietly } from "../../plots/figure_check.ts";
import { best, result } from "../../tune/answer_samples.ts";

const figure = (...args: Parameters<typeof tuneFigure>) =>
  quietly(() => tuneFigure(...args)!);

const numbersIn = (svg: string) =>
  [...svg.matchAll(/>(\d\.\d{4})</g)].map((match) => Number(match[1]));

Deno.test("tuneFigure() draws a line if one hyperparameter has several values", () => {
  const points = [0.05, 0.125, 0.2].map((epsilon, i) =>
    result("ls", { epsilon }, [0.5, 0.4, 0.6][i])
  );
  const { ariaLabel, svg } = figure(points, best(points[1]));
  assert.equal(
    ariaLabel,
    "validation log loss against epsilon. LS: minimum at 0.125",
  );
  assert.match(
    svg,
    /Means over 2 seeds, with a band of one standard deviation/,
  );
});

Deno.test("tuneFigure() draws a heat map over two, with an empty cell if a run failed", () => {
  const points = [0.05, 0.1].flatMap((epsilon, i) =>
    [1, 2].map((temperature, j) =>
      result(
        "ils",
        { epsilon, temperature, scores: "probabilities" },
        i === 1 && j === 1 ? null : 0.4 + 0.1 * i + 0.01 * j,
      )
    )
  );
  const { ariaLabel, svg } = figure(points, best(points[0]));
  assert.deepEqual(numbersIn(svg), [0.4, 0.41, 0.5]);
  assert.equal(
    ariaLabel,
    "validation log loss by epsilon and temperature, chosen: epsilon 0.05, " +
      "temperature 1, 0.4000",
  );
});

Deno.test("tuneFigure() shows P1 and P2 at the chosen temperature", () => {
  const points = [0.8, 0.9].flatMap((p1, i) =>
    [1, 2].flatMap((p2, j) =>
      [2, 4].map((temperature, k) =>
        result(
          "ilsq",
          { p1, p2, maxEpsilon: 0.2, temperature },
          0.4 - 0.1 * k + 0.01 * i + 0.001 * j,
        )
      )
    )
  );
  const { svg, ariaLabel } = figure(points, best(points[1]));
  assert.deepEqual(numbersIn(svg), [0.3, 0.301, 0.31, 0.311]);
  assert.match(ariaLabel, /by P1 and P2, chosen: P1 0.8, P2 1, 0.3000$/);
  assert.match(svg.replaceAll(/<[^>]*>/g, " "), /at the chosen temperature/);
});

Deno.test("tuneFigure() shows the points with the chosen one's hyperparameters", () => {
  const constant = [0.05, 0.1].map((epsilon, i) =>
    result("ils-shrunk", { epsilon, shrink: 0.5 }, 0.4 + 0.1 * i)
  );
  const quadratic = [1, 2].flatMap((p2, i) =>
    [0, 1].map((shrink, j) =>
      result("ils-shrunk", { p1: 0.8, p2, shrink }, 0.3 + 0.01 * (2 * i + j))
    )
  );
  const points = [...constant, ...quadratic];
  const shown = figure(points, best(quadratic[1]));
  assert.deepEqual(numbersIn(shown.svg), [0.3, 0.31, 0.32, 0.33]);
  assert.match(shown.ariaLabel, /by P2 and shrink, chosen: P2 1, shrink 1/);
  assert.match(figure(points, best(constant[0])).ariaLabel, /against epsilon/);
});

Deno.test("tuneFigure() returns undefined if there is nothing to compare", () => {
  const ce = result("ce", {}, 0.4);
  assert.equal(tuneFigure([ce], best(ce)), undefined);
  const failed = [0.1, 0.2].map((epsilon) => result("ls", { epsilon }, null));
  assert.equal(tuneFigure(failed, undefined), undefined);
});
