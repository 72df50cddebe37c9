import assert from "node:assert/strict";
import { join } from "node:path";
import { ils, ilsJson, inFolder, listing } from "../program.ts";

Deno.test("ils data --json describes a data set", () =>
  inFolder(async (cwd) => {
    const args = ["data", "--dataset", "excerpt"];
    const description = await ilsJson(args, { cwd });
    assert.equal(description.title, "Fashion-MNIST (excerpt)");
    assert.deepEqual(description.shape, [28, 28, 1]);
    assert.deepEqual([description.train, description.test], [1000, 200]);
    const [first, ...others] = description.classes;
    assert.deepEqual(
      { ...first, train: 0, test: 0 },
      { label: 0, name: "T-shirt/top", train: 0, test: 0 },
    );
    assert.equal(others.length, 9);
    const images = description.classes.map(({ train }: { train: number }) =>
      train
    );
    assert.equal(images.reduce((a: number, b: number) => a + b), 1000);
    for (const { sha256 } of description.files) {
      assert.match(sha256, /^[0-9a-f]{64}$/);
    }
    assert.deepEqual(listing(cwd), {});
  }));

Deno.test("ils data prints a line per class", () =>
  inFolder(async (cwd) => {
    const { code, stdout } = await ils(
      ["data", "--dataset", "excerpt"],
      { cwd },
    );
    assert.equal(code, 0);
    assert.match(stdout, /^1000 training and 200 test images of 28 x 28 x 1$/m);
    assert.match(stdout, /^ {2}9 {2}Ankle boot +\d+ +\d+$/m);
  }));

Deno.test("a relative ILS_DATA_DIR starts in the caller's folder", () =>
  inFolder(async (user) => {
    const cwd = join(user, "project");
    await Deno.mkdir(cwd);
    const name = "train-images-idx3-ubyte";
    await Deno.mkdir(join(user, "data", "fashionmnist"), { recursive: true });
    await Deno.writeTextFile(join(user, "data", "fashionmnist", name), "x");
    const env = { INIT_CWD: user, ILS_DATA_DIR: "data" };
    const args = ["data", "--dataset", "fashionmnist"];
    const { code, stderr } = await ils(args, { cwd, env });
    assert.equal(code, 2);
    assert.match(stderr, new RegExp(join(user, "data", "fashionmnist")));
  }));

Deno.test("ils data refuses an ILS_DATA_DIR that is not a folder", () =>
  inFolder(async (cwd) => {
    const { code, stderr } = await ils(["data", "--dataset", "fashionmnist"], {
      cwd,
      env: { ILS_DATA_DIR: "/nowhere" },
    });
    assert.equal(code, 2);
    assert.equal(
      stderr,
      "Cannot look for data as ILS_DATA_DIR must name a folder: current value " +
        "is /nowhere\n",
    );
  }));
