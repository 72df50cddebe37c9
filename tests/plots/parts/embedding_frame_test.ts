import assert from "node:assert/strict";
import { pointsOf } from "../../../lib/matrix_kinds.ts";
import { embeddingScatter } from "../../../lib/plots/embedding_scatter.ts";
import { pointPlaces } from "../../../lib/plots/parts/embedding_frame.ts";
import { FIGURE_MARGIN } from "../../../lib/plots/parts/render.ts";
import { quietly } from "../figure_check.ts";

Deno.test("pointPlaces() says where embeddingScatter() draws each point", () => {
  const embedding = pointsOf([[0, 0], [40, -3], [10, 25]]);
  const { svg } = quietly(() =>
    embeddingScatter(embedding, Int32Array.of(0, 0, 0), {
      classNames: ["Coat"],
      size: 300,
    })
  );
  const drawn = [...svg.matchAll(/M([\d.]+),([\d.]+)h0/g)]
    .map(([, x, y]) => [x, y].map((text) => Number(text) + FIGURE_MARGIN));
  const { x, y } = pointPlaces(embedding, 300);
  assert.equal(drawn.length, 3);
  drawn.forEach((place, i) => {
    assert.ok(Math.abs(place[0] - x[i]) < 0.06, `x of ${i}`);
    assert.ok(Math.abs(place[1] - y[i]) < 0.06, `y of ${i}`);
  });
});
