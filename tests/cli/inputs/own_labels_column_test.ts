/** Labels and scores in one table. */
import assert from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import { readPointFiles } from "../../../lib/cli/inputs/point_files.ts";
import { load, refusal, withWriter } from "./scores.ts";

const TABLE = "cat,dog,gt\n2.5,0,0\n0,1.5,1\n3,1.5,0\n";

Deno.test("the labels are no scores, however the path is spelled", () =>
  withWriter(async ({ text }) => {
    const path = await text("t.csv", TABLE);
    const folder = dirname(path);
    const link = join(folder, "link.csv");
    await Deno.symlink(path, link);
    for (
      const other of [path, link, `${folder}/./t.csv`, relative("", path)]
    ) {
      for (const labels of [path, `${path}:gt`, `${path}:-1`]) {
        const found = await load(["--logits", other, "--labels", labels]);
        assert.equal(found.models[0].logits.columns, 2, `${other} ${labels}`);
        assert.deepEqual([...found.labels], [0, 1, 0]);
        const { points } = await readPointFiles({
          ...{ input: other, labels, classes: 2, ignoreLabel: undefined },
        });
        assert.equal(points.columns, 2);
      }
    }
  }));

Deno.test("the last column of a table without a header may be the labels", () =>
  withWriter(async ({ text }) => {
    const path = await text("t.csv", TABLE.slice(TABLE.indexOf("\n") + 1));
    const found = await load(["--logits", path, "--labels", path]);
    assert.deepEqual([...found.models[0].logits.data], [
      2.5,
      0,
      0,
      1.5,
      3,
      1.5,
    ]);
    assert.deepEqual([...found.labels], [0, 1, 0]);
  }));

Deno.test("a column called y is a class if labels or --classes name it", () =>
  withWriter(async ({ text, list }) => {
    const votes = await text("t.csv", "x,y,label\n9,1,x\n2,8,y\n7,3,x\n");
    const found = await load([
      ...["--logits", votes, "--labels", `${votes}:label`, "--votes"],
    ]);
    assert.deepEqual(found.classNames, ["x", "y"]);
    assert.deepEqual([...found.labels], [0, 1, 0]);
    const labels = await list("y.npy", [0, 1, 0]);
    const named = await load([
      ...["--logits", votes, "--labels", labels, "--votes"],
      ...["--classes", "x,y"],
    ]);
    assert.equal(named.models[0].logits.columns, 2);
    assert.match(
      await refusal(["--logits", votes, "--labels", labels, "--votes"]),
      /a column for each of at least 2 classes is needed, but only x of x, y, label may be one; /,
    );
  }));
