import { throws } from "node:assert/strict";
import { labelsOfText } from "../../../lib/files/arrays/labels_of_text.ts";

const REFUSED: readonly [readonly string[], string][] = [
  [["0", "1", "1x", "2"], 'row 2 (from 0) is "1x" but must be a whole number'],
  [
    ["0", "cat", "dog"],
    'they are text ("0", "cat", "dog") but must be whole numbers',
  ],
];
for (const [texts, reason] of REFUSED) {
  Deno.test(`labelsOfText() refuses ${texts.join(", ")} without names`, () => {
    throws(() => labelsOfText(texts, "Cannot read labels", {}), {
      name: "BadInput",
      message: `Cannot read labels: ${reason}`,
    });
  });
}
