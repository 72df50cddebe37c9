import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { BadInput } from "../../../lib/bad_input.ts";
import {
  checkDistinct,
  checkNotInput,
  outputFile,
  outputFolder,
} from "../../../lib/cli/flags/output_flags.ts";

const file = (path: string) =>
  outputFile("T.npy", "where rows go").parse(path, "--out");
const folder = (path: string) =>
  outputFolder("DIR", "where a run goes").parse(path, "--out");

/** A folder with a file `L.npy` in it. */
function withFolder(name: string, test: (at: string) => void) {
  Deno.test(name, () => {
    const at = Deno.realPathSync(Deno.makeTempDirSync());
    try {
      Deno.writeTextFileSync(join(at, "L.npy"), "logits");
      test(at);
    } finally {
      Deno.chmodSync(at, 0o755);
      Deno.removeSync(at, { recursive: true });
    }
  });
}

withFolder(
  "outputFile() refuses another ending than the required one",
  (at) => {
    const figure = outputFile("F.svg", "a figure", ".svg");
    const path = join(at, "F.png");
    assert.equal(
      figure.parse(join(at, "F.svg"), "--figure"),
      join(at, "F.svg"),
    );
    assert.throws(
      () => figure.parse(path, "--figure"),
      new BadInput(
        `--figure must name a file that ends in .svg: current value is ${path}`,
      ),
    );
  },
);

withFolder(
  "outputFile() accepts a new file and an existing one",
  (at) => {
    assert.equal(file(join(at, "T.npy")), join(at, "T.npy"));
    assert.equal(file(join(at, "L.npy")), join(at, "L.npy"));
    assert.deepEqual([...Deno.readDirSync(at)].map(({ name }) => name), [
      "L.npy",
    ]);
  },
);

withFolder("outputFile() replaces a link by its target", (at) => {
  Deno.symlinkSync(join(at, "L.npy"), join(at, "link.npy"));
  assert.equal(file(join(at, "link.npy")), join(at, "L.npy"));
});

withFolder("outputFile() refuses paths that cannot become files", (at) => {
  const refuse = (path: string, message: string) =>
    assert.throws(() => file(path), new BadInput(message));
  refuse(at, `--out must name a file: ${at} is a folder`);
  // Renaming a file onto a device would put the file in its place.
  refuse("/dev/null", "--out must name a file: /dev/null is a device");
  for (const path of [join(at, "none", "T.npy"), join(at, "L.npy", "T.npy")]) {
    refuse(
      path,
      `--out must be in an existing folder: current value is ${path}`,
    );
  }
  const long = join(at, "a".repeat(300));
  refuse(
    long,
    `--out cannot be written to ${long}: File name too long (os error 36)`,
  );
  refuse("", "--out must not be empty");
  Deno.symlinkSync(join(at, "gone"), join(at, "link"));
  refuse(
    join(at, "link"),
    `--out must name a file: ${join(at, "link")} is a broken link`,
  );
});

withFolder(
  "outputFolder() accepts existing folders and those it can create",
  (at) => {
    assert.equal(folder(at), at);
    const deep = join(at, "runs", "1");
    assert.equal(folder(deep), deep);
    assert.throws(
      () => folder(join(at, "L.npy", "1")),
      new BadInput(
        `--out must name a folder: ${join(at, "L.npy")} is not a folder`,
      ),
    );
  },
);

Deno.test({
  name:
    "outputFile() and outputFolder() name a folder without write permission",
  // Root can write everywhere.
  ignore: Deno.uid() === 0,
  fn: () => {
    const at = Deno.makeTempDirSync();
    Deno.chmodSync(at, 0o555);
    try {
      const message = new RegExp(
        `^BadInput: --out cannot be written to ${at}: `,
      );
      assert.throws(() => file(join(at, "T.npy")), message);
      assert.throws(() => folder(join(at, "run")), message);
    } finally {
      Deno.removeSync(at);
    }
  },
});

withFolder(
  "checkNotInput() refuses to overwrite an input, by any of its paths",
  (at) => {
    const input = join(at, "L.npy");
    const names = [
      input,
      join(at, "..", at.slice(dirname(at).length), "L.npy"),
    ];
    for (const out of names) {
      assert.throws(
        () => checkNotInput("--out", out, [undefined, input]),
        new BadInput(`--out must not overwrite the input ${input}`),
      );
    }
    checkNotInput("--out", join(at, "T.npy"), [input, join(at, "missing.npy")]);
  },
);

withFolder(
  "checkDistinct() refuses one file for two outputs, by any of its paths",
  (at) => {
    Deno.mkdirSync(join(at, "real"));
    Deno.symlinkSync(join(at, "real"), join(at, "linked"));
    const out = join(at, "real", "E.npy");
    for (const figure of [out, join(at, "linked", "E.npy")]) {
      assert.throws(
        () => checkDistinct({ "--out": out, "--figure": figure }),
        new BadInput(
          `--out and --figure must name different files: both are ${figure}`,
        ),
      );
    }
    checkDistinct({ "--out": out, "--figure": undefined });
    checkDistinct({ "--out": out, "--figure": join(at, "E.npy") });
  },
);
