import assert from "node:assert/strict";
import { refuseForeign } from "../../../lib/files/arrays/foreign_formats.ts";

const SAVE = 'safetensors.torch.save_file(model.state_dict(), "x.safetensors")';

/** Names, first bytes, and what the message says about weights. */
const WEIGHTS: [string, string, string][] = [
  ["w.pth", "PK\x03\x04", "a file of PyTorch; load it in Python and save"],
  ["w.ckpt", "PK\x03\x04", "a file of PyTorch; load it in Python and save"],
  // torch.save() writes a zip archive, here under a wrong name.
  [
    "w.safetensors",
    `PK\x03\x04${"\0".repeat(26)}archive/data.pkl`,
    "a file of PyTorch; load it in Python and save",
  ],
  ["w", "\x80\x02\x8a", "a pickle of Python; load it in Python and save"],
  ["w.h5", "\x89HDF", "an HDF5 file; only weights of PyTorch are read, saved"],
  ["w.onnx", "\x08", "an ONNX model; only weights of PyTorch are read, saved"],
];

for (const [name, start, message] of WEIGHTS) {
  Deno.test(`refuseForeign() says how to convert weights in ${name}`, () => {
    const bytes = Uint8Array.from(start, (char) => char.charCodeAt(0));
    assert.throws(
      () => refuseForeign(bytes, name, "weights"),
      ({ name: kind, message: text }) => {
        assert.equal(kind, "BadInput");
        assert.ok(
          text.startsWith(`Cannot read ${name}: it is ${message}`),
          text,
        );
        assert.ok(text.endsWith(SAVE), text);
        return true;
      },
    );
  });
}

Deno.test("refuseForeign() accepts an archive of arrays", () => {
  const start = `PK\x03\x04${"\0".repeat(26)}logits.npy`;
  const bytes = Uint8Array.from(start, (char) => char.charCodeAt(0));
  refuseForeign(bytes, "a.npz");
});
