import assert from "node:assert/strict";
import { editDistance, nearest } from "../../../lib/cli/flags/nearest.ts";

Deno.test("editDistance() counts inserted, deleted, replaced and swapped letters", () => {
  const pairs: [string, string, number][] = [
    ["kitten", "sitting", 3],
    ["", "abc", 3],
    ["abc", "", 3],
    ["same", "same", 0],
    ["trian", "train", 1],
  ];
  for (const [from, to, distance] of pairs) {
    assert.equal(editDistance(from, to), distance);
    assert.equal(editDistance(to, from), distance);
  }
});

Deno.test("nearest() returns the nearest candidate unless it is too far", () => {
  const names = ["train", "targets", "evaluate"];
  assert.equal(nearest("trian", names), "train");
  assert.equal(nearest("tran", names), "train");
  assert.equal(nearest("evaluat", names), "evaluate");
  assert.equal(nearest("target", names), "targets");
  assert.equal(nearest("embed", names), undefined);
  assert.equal(nearest("x", []), undefined);
  assert.equal(nearest("2", ["1", "3"]), undefined);
});

Deno.test("nearest() ignores case and punctuation, and finds parts of names", () => {
  const datasets = ["fashionmnist", "cifar10", "cifar100"];
  assert.equal(nearest("Fashion-MNIST", datasets), "fashionmnist");
  assert.equal(nearest("CIFAR_100", datasets), "cifar100");
  const calibrators = ["temperature", "structured-matrix", "matrix"];
  assert.equal(nearest("temp", calibrators), "temperature");
  assert.equal(nearest("structured", calibrators), "structured-matrix");
  assert.equal(nearest("bins", ["binary", "ece-bins"]), "ece-bins");
  assert.equal(nearest("te", calibrators), undefined);
});
