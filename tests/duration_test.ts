import assert from "node:assert/strict";
import { duration } from "../lib/duration.ts";

Deno.test("duration() uses the two largest relevant units", () => {
  assert.deepEqual(
    [0, 9.94, 9.96, 59.4, 59.6, 200, 3599.7, 7500, 345_599, 1e6].map(duration),
    [
      "0.0 s",
      "9.9 s",
      "10 s",
      "59 s",
      "1 min 00 s",
      "3 min 20 s",
      "1 h 00 min",
      "2 h 05 min",
      "95 h 59 min",
      "12 days",
    ],
  );
});
