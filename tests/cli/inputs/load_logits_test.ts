import { deepStrictEqual, rejects } from "node:assert/strict";
import { loadLogits } from "../../../lib/cli/inputs/load_logits.ts";
import { sha256 } from "../../../lib/files/sha256.ts";
import { fixture } from "../../files/npy_samples.ts";

const context = { log: () => {} } as unknown as Parameters<
  typeof loadLogits
>[1];

Deno.test("loadLogits() identifies an array by its content, in a file or an archive", async () => {
  const alone = await loadLogits(fixture("logits_f4"), context);
  deepStrictEqual(alone.spec, {
    kind: "logits",
    logits: sha256(Deno.readFileSync(fixture("logits_f4"))),
  });
  for (const name of ["stored.npz", "deflated.npz", "stored.npz:logits"]) {
    const path = fixture(`archive_${name}`);
    const { spec, options } = await loadLogits(path, context);
    deepStrictEqual(spec, alone.spec, name);
    deepStrictEqual(
      options.teacherLogits.logits,
      alone.options.teacherLogits.logits,
    );
  }
});

Deno.test("loadLogits() refuses labels", () =>
  rejects(
    loadLogits(`${fixture("archive_stored.npz")}:labels`, context),
    /archive_stored\.npz:labels: its type is int64 but must be float16/,
  ));
