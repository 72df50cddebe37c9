import assert from "node:assert/strict";
import { methodStyle, overlayStyle } from "../../../lib/plots/parts/overlay.ts";
import { METHOD_COLOURS } from "../../../lib/plots/parts/theme.ts";

Deno.test("methodStyle() gives methods their fixed colours, at any position", () => {
  for (const position of [0, 1, 5]) {
    const { colour, symbol } = methodStyle("ils", position);
    assert.equal(colour, METHOD_COLOURS.ils);
    assert.equal(symbol, overlayStyle(position).symbol);
  }
});

Deno.test("methodStyle() of other models is the style of their position", () => {
  for (const method of [undefined, "resnet", "toString"]) {
    assert.deepEqual(methodStyle(method, 2), overlayStyle(2));
  }
});
