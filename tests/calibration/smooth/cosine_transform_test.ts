import assert from "node:assert/strict";
import { cosineTransform } from "../../../lib/calibration/smooth/cosine_transform.ts";
import { stream } from "../../../lib/random.ts";
import { assertClose } from "../close.ts";

Deno.test("cosineTransform() equals its sum", () => {
  const random = stream(1, "cosine");
  for (const G of [4, 8, 64]) {
    const x = Float64Array.from({ length: G + 1 }, () => random.normal());
    const transformed = x.slice();
    cosineTransform(G)(transformed);
    for (let k = 0; k <= G; k++) {
      let sum = (x[0] + (k % 2 === 0 ? 1 : -1) * x[G]) / 2;
      for (let g = 1; g < G; g++) sum += x[g] * Math.cos(Math.PI * k * g / G);
      assertClose(transformed[k], sum, 1e-12, `${k} of ${G}`);
    }
  }
});

Deno.test("cosineTransform() applied twice multiplies by half the length", () => {
  const G = 1024;
  const transform = cosineTransform(G);
  const x = Float64Array.from({ length: G + 1 }, (_, i) => Math.sin(i * i));
  const twice = x.slice();
  transform(twice);
  transform(twice);
  for (let g = 0; g <= G; g++) assertClose(twice[g] / (G / 2), x[g], 1e-10);
  assert.notDeepEqual(twice, x);
});
