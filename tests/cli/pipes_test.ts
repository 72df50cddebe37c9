/** Pipes and devices: the program reads pipes, but writes to no device. */
import assert from "node:assert/strict";
import { ils, ilsCommand, inFolder, writeInputs } from "./program.ts";

const linux = { ignore: Deno.build.os !== "linux" };

Deno.test(
  "ils reads logits and labels from pipes",
  linux,
  () =>
    inFolder(async (cwd) => {
      const { logits, labels } = await writeInputs(cwd);
      const from = async (...files: string[]) => {
        const flags = ["--logits", files[0], "--labels", files[1], "--json"];
        const command = ilsCommand(["evaluate", ...flags])
          .map((argument) => `'${argument}'`);
        const { stdout, stderr } = await new Deno.Command("sh", {
          args: [
            "-c",
            `exec 9<'${labels}'; cat '${logits}' | ${command.join(" ")}`,
          ],
          cwd,
          env: { INIT_CWD: "" },
        }).output();
        const text = new TextDecoder();
        assert.equal(text.decode(stderr), "");
        return JSON.parse(text.decode(stdout));
      };
      assert.deepEqual(
        await from("/dev/stdin", "/dev/fd/9"),
        await from(logits, labels),
      );
    }),
);

Deno.test("ils writes to no device", linux, () =>
  inFolder(async (cwd) => {
    const { logits, labels } = await writeInputs(cwd);
    for (const out of ["/dev/null", "/dev/stdout"]) {
      const { code, stdout, stderr } = await ils([
        ...["targets", "--method", "ls", "--epsilon", "0.1"],
        ...["--logits", logits, "--labels", labels, "--out", out],
      ], { cwd });
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, new RegExp(`^--out .*${out}.*\\n$`));
    }
  }));
