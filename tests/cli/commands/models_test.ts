import assert from "node:assert/strict";
import { MODEL_NAMES } from "../../../lib/models/model_name.ts";
import { ils, ilsJson, inFolder } from "../program.ts";

Deno.test("ils models --json lists every architecture in order", () =>
  inFolder(async (cwd) => {
    const records = await ilsJson(["models"], { cwd });
    const names = records.map(({ name }: { name: string }) => name);
    assert.deepEqual(names, [...MODEL_NAMES]);
    const { stepBytes, ...lenet } = records[names.indexOf("lenet")];
    assert.deepEqual(lenet, {
      name: "lenet",
      parameters: 62_006,
      multiplyAdds: 651_720,
      batch: 32,
    });
    assert.ok(stepBytes > 4e8 && stepBytes < 5e8);
  }));

Deno.test("ils models counts for images of the given size, and measures", () =>
  inFolder(async (cwd) => {
    const args = "models --model mlp --image_size 28 --channels 1 --classes 7";
    const [record] = await ilsJson([...args.split(" "), "--measure"], { cwd });
    const parameters = 784 * 256 + 256 + 256 * 128 + 128 + 128 * 7 + 7;
    assert.equal(record.parameters, parameters);
    assert.equal(record.multiplyAdds, 784 * 256 + 256 * 128 + 128 * 7);
    assert.ok(record.measuredBytes > 12 * parameters);
    const { stdout } = await ils(args.split(" "), { cwd });
    assert.match(stdout, /^model +parameters +million multiply-adds +MB per /);
    assert.match(stdout, /^mlp +234,759 +0\.2 +447\n$/m);
  }));

Deno.test("ils models refuses images that are too small or too large", () =>
  inFolder(async (cwd) => {
    const { code, stderr } = await ils(["models", "--image-size=8"], { cwd });
    assert.equal(code, 2);
    assert.match(stderr, /^--image-size must be a whole number of at least 16/);
    const large = await ils(["models", "--image-size=20000"], { cwd });
    assert.equal(large.code, 2);
    assert.match(large.stderr, /^--image-size must be in \[16, 2048\]: /);
  }));
