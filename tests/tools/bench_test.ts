/** The parts of `deno task bench` besides the benchmarks. */
import {
  deepStrictEqual,
  match,
  ok,
  strictEqual,
  throws,
} from "node:assert/strict";
import { join } from "node:path";
import type { Measurement } from "../../bench/support/measurement.ts";
import { aboutText } from "../../tools/bench/about.ts";
import { pageText, parsePage } from "../../tools/bench/page.ts";
import { peerPython } from "../../tools/bench/peer_environment.ts";
import { runSuite } from "../../tools/bench/suite.ts";

const MEASUREMENT = {
  work: "training step",
  size: "lenet, batch 128",
  ours: 1,
  peer: 2,
  unit: "ms",
  peerName: "p",
  ratio: 2,
  low: 2,
  high: 2,
};

/** A benchmark that prints a text and its arguments. */
function printing(text: string): string[] {
  return ["eval", `console.log(${JSON.stringify(text)});`];
}

Deno.test("runSuite() joins the measurements and continues after a failure", async () => {
  const lines: string[] = [];
  const commands: Record<string, string[]> = {
    good: printing(`progress\n${JSON.stringify([MEASUREMENT])}`),
    bad: ["eval", "Deno.exit(3)"],
    odd: printing('[{"work": 1}]'),
    last: printing("[]"),
  };
  const { measurements, failed } = await runSuite(Object.keys(commands), {
    commandOf: (name) => commands[name],
    args: [],
    report: (line) => lines.push(line),
  });
  deepStrictEqual(measurements, [MEASUREMENT]);
  deepStrictEqual(failed, ["bad", "odd"]);
  deepStrictEqual(lines.slice(0, 3), [
    "[1/4] good",
    "[2/4] bad",
    "bad failed: it ended with exit code 3",
  ]);
  match(lines[4], /^odd failed: odd: .*work/);
});

Deno.test("runSuite() gives every benchmark the arguments and --json", async () => {
  const script =
    'Deno.exit(Deno.args.join(" ") === "--rounds 1 --json" ? 0 : 4)';
  const lines: string[] = [];
  await runSuite(["one"], {
    commandOf: () => ["eval", script],
    args: ["--rounds", "1"],
    report: (line) => lines.push(line),
  });
  // Without output it fails after it has exited with code 0.
  match(lines[1], /^one failed: one: it is empty/);
});

Deno.test("aboutText() names machine, load and versions", () => {
  const versions = { Deno: "2", torch: null };
  strictEqual(
    aboutText({ machine: "CPU, 2 cores", load: 0.04, versions }),
    "CPU, 2 cores; load before the start 0.0\nDeno 2, torch missing\n",
  );
});

Deno.test("pageText() replaces what is between the comments of a page", () => {
  const page = parsePage(
    "# Speed\n\n<!-- measurements -->\nold\n<!-- end of measurements -->\nEnd\n",
  );
  const about = { machine: "CPU", load: 0, versions: { Deno: "2" } };
  const text = pageText(page, about, [MEASUREMENT as Measurement]);
  const [before, conditions, header, , row, after] = text.split("\n")
    .filter((line) => line !== "").slice(1);
  strictEqual(before, "<!-- measurements -->");
  strictEqual(conditions, "CPU; load before the start 0.0; Deno 2.");
  match(header, /^\| work \| size \| ours \|.* goal \| outcome \|$/);
  match(row, /^\| training step \| lenet, batch 128 \| 1 \| 2 \|.*\| met \|$/);
  strictEqual(after, "<!-- end of measurements -->");
  ok(text.endsWith("\nEnd\n") && !text.includes("old"));
  // The new page can be filled again.
  strictEqual(
    pageText(parsePage(text), about, [MEASUREMENT as Measurement]),
    text,
  );
});

Deno.test("parsePage() refuses a page without the comments", () => {
  throws(() => parsePage("# Speed\n"), {
    message: "The page needs the comments <!-- measurements --> and " +
      "<!-- end of measurements -->",
  });
});

Deno.test("peerPython() makes the environment once for a list of packages", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const requirements = join(folder, "requirements.txt");
    await Deno.writeTextFile(requirements, "# nothing\n");
    const place = { folder: join(folder, "peers"), requirements };
    const lines: string[] = [];
    const report = (line: string) => lines.push(line);
    const python = await peerPython(report, place);
    const run = new Deno.Command(python, { args: ["-c", "print(1)"] });
    ok((await run.output()).success);
    strictEqual(await peerPython(report, place), python);
    strictEqual(lines.length, 1);
    await Deno.writeTextFile(requirements, "# another\n");
    await peerPython(report, place);
    strictEqual(lines.length, 2);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
