import assert from "node:assert/strict";
import { join } from "node:path";
import { ils, ilsJson, inFolder, listing } from "../program.ts";

Deno.test("ils export writes a run's network for a browser, into a new or empty folder", () =>
  inFolder(async (cwd) => {
    const train = "train --dataset excerpt --model lenet --lr 0.01 " +
      "--epochs 1 --limit 200 --batch-size 50 --out run";
    await ilsJson(train.split(" "), { cwd });
    const args = "export run --out web".split(" ");
    const { files, run } = await ilsJson(args, { cwd });
    assert.deepEqual(Object.keys(files), [
      "model.json",
      "group1-shard1of1.bin",
      "about.json",
    ]);
    assert.equal(files["group1-shard1of1.bin"], 4 * 61_706);
    const text = await Deno.readTextFile(join(cwd, "web", "about.json"));
    const about = JSON.parse(text);
    assert.equal(about.run, run);
    assert.deepEqual(about.input, [null, 28, 28, 1]);
    assert.equal(about.classNames.length, 10);
    assert.ok(about.temperature > 0);

    const before = listing(cwd);
    const again = await ils(args, { cwd });
    assert.deepEqual([again.code, again.stderr], [
      2,
      "Cannot write into web as it must be new or empty: it contains " +
      `${[...Deno.readDirSync(join(cwd, "web"))][0].name}\n`,
    ]);
    const twice = await ils(["export", "run", "--run=run", "--out=new"], {
      cwd,
    });
    assert.equal(twice.code, 2);
    const absent = await ils(["export", "--run=no", "--out=new"], { cwd });
    assert.equal(absent.code, 2);
    assert.match(absent.stderr, /^Cannot find a finished run no: /);
    assert.deepEqual(listing(cwd), before);
  }));
