import assert from "node:assert/strict";
import {
  agreeingDigits,
  agrees,
  parsePublished,
} from "../../../lib/calibration/explain/published_number.ts";

Deno.test("parsePublished() takes half a unit of the last digit as the tolerance", () => {
  const cases = [
    ["0.0398", 0.0398, 0.00005, 3, false],
    [".40", 0.4, 0.005, 2, false],
    ["3.98 %", 3.98, 0.005, 3, true],
    ["-0.5%", -0.5, 0.05, 1, true],
    ["4e-2", 0.04, 0.005, 1, false],
    ["12.5e1", 125, 0.5, 3, false],
    ["7", 7, 0.5, 1, false],
    ["0.000", 0, 0.0005, 1, false],
    [" 1. ", 1, 0.5, 1, false],
  ] as const;
  for (const [text, value, tolerance, digits, percent] of cases) {
    const parsed = parsePublished(text);
    assert.equal(parsed.value, value, text);
    assert.ok(Math.abs(parsed.tolerance - tolerance) < 1e-15, text);
    assert.equal(parsed.digits, digits, text);
    assert.equal(parsed.percent, percent, text);
    assert.equal(parsed.text, text.trim());
  }
});

Deno.test("parsePublished() takes no digits beyond float64 seriously", () => {
  const { tolerance, digits } = parsePublished("0.12345678901234567890");
  assert.equal(tolerance, 1e-12);
  assert.equal(digits, 15);
});

Deno.test("parsePublished() refuses what is no finite number", () => {
  for (
    const text of [
      "",
      "nan",
      "Infinity",
      "1e400",
      "0,04",
      "1/3",
      ".",
      "%",
      "0x1",
    ]
  ) {
    assert.throws(() => parsePublished(text, "--explain"), {
      name: "BadInput",
      message:
        "--explain must be a number as it is printed, such as 0.0398 or " +
        `3.98%: current value is ${text || '""'}`,
    });
  }
});

Deno.test("a value agrees up to half a unit of the last digit", () => {
  const published = parsePublished("0.040");
  for (const value of [0.0395, 0.04, 0.0405]) {
    assert.ok(agrees(value, published), `${value}`);
  }
  for (const value of [0.03949, 0.04051, -0.04]) {
    assert.ok(!agrees(value, published), `${value}`);
  }
});

Deno.test("agreeingDigits() counts the leading digits that are equal after rounding", () => {
  const published = parsePublished("0.0398");
  const digits = [0.03981, 0.03984, 0.03986, 0.0404, 0.0361, 0.0444, 0.31]
    .map((value) => agreeingDigits(value, published));
  // To two digits 0.0398 is 0.040, as 0.03986 and 0.0404 are; to one it is 0.04.
  assert.deepEqual(digits, [3, 3, 2, 2, 1, 1, 0]);
});
