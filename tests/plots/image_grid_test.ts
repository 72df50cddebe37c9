import assert from "node:assert/strict";
import { imageGrid } from "../../lib/plots/image_grid.ts";
import { encodePng, pngDataUrl } from "../../lib/plots/parts/png.ts";
import { figureTest, quietly } from "./figure_check.ts";
import { EVIL, picture } from "./samples.ts";

figureTest(
  "imageGrid() prints labels below grey and colour pictures",
  "image_grid",
  () =>
    imageGrid([
      { ...picture(1), label: "Coat" },
      { ...picture(3), label: EVIL, right: false },
      picture(1),
    ], { columns: 2, title: "Images" }),
);

Deno.test("imageGrid() embeds each picture as PNG", () => {
  const { svg } = quietly(() => imageGrid([picture(1), picture(3)]));
  const addresses = [...svg.matchAll(/href="([^"]*)"/g)].map((m) => m[1]);
  assert.deepEqual(addresses, [
    pngDataUrl(picture(1)),
    pngDataUrl(picture(3)),
  ]);
});

Deno.test("imageGrid() refuses an empty list of images", () => {
  assert.throws(() => imageGrid([]), {
    name: "BadInput",
    message: "Cannot draw a grid of no images",
  });
});

Deno.test("encodePng() refuses invalid numbers of channels and bytes", () => {
  assert.throws(() => encodePng({ ...picture(1), channels: 4 }), {
    name: "BadInput",
    message: "Cannot draw a picture as its channels must be 1 or 3: " +
      "current value is 4",
  });
  assert.throws(() => encodePng({ ...picture(1), width: 3 }), {
    message: "Cannot draw a picture of 2 x 3 x 1 as it must have 6 bytes: " +
      "current value is 4",
  });
});
