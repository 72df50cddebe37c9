/** Places and settings in which the program must work, or fail in one line. */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Output } from "../cli/program.ts";
import { inWorld, type Need, needing, onFaultyDisk } from "./world.ts";

const EVALUATE = "ils evaluate --logits L.npy --labels Y.npy --json";
const TARGETS = "ils targets --method ls --epsilon 0.1 --logits L.npy " +
  "--labels Y.npy --out";
const TRAIN = "ils train --dataset excerpt --model mlp --limit 60 --lr 0.02 " +
  "--batch-size 10 --epochs 1 --threads 1";

/** Changes to another user without a home. */
const OTHER =
  "setpriv --reuid=65534 --regid=65534 --clear-groups env -u HOME " +
  'DENO_DIR="$PWD/deno"';

/** An environment in which the output is that of the plain command. */
interface Harmless {
  readonly name: string;
  readonly needs?: Need;
  readonly script: string;
  readonly env?: Record<string, string>;
}

const HARMLESS: readonly Harmless[] = [
  { name: "no home", script: `env -u HOME sh -c '${EVALUATE}'` },
  { name: "no standard input", script: `${EVALUATE} <&-` },
  { name: "no standard error", script: `${EVALUATE} 2>&-` },
  { name: "NO_COLOR", script: EVALUATE, env: { NO_COLOR: "1" } },
  { name: "FORCE_COLOR", script: EVALUATE, env: { FORCE_COLOR: "1" } },
  {
    name: "a terminal without functions",
    script: EVALUATE,
    env: { TERM: "dumb" },
  },
  ...["C", "de_DE.UTF-8", "tr_TR.UTF-8", "xx_XX"].map((locale) => ({
    name: `locale ${locale}`,
    script: EVALUATE,
    env: { LC_ALL: locale, LANG: locale },
  })),
  {
    name: "another time zone",
    script: EVALUATE,
    env: { TZ: "Asia/Kathmandu" },
  },
  {
    name: "no network",
    needs: "leave the network",
    script: `unshare -n ${EVALUATE}`,
  },
  {
    name: "a user other than root, without a home",
    needs: "act as another user",
    script: `mkdir -m 777 deno && ${OTHER} ${EVALUATE}`,
  },
  {
    name: "another current folder, as deno task has",
    script: 'mkdir user && cd / && INIT_CWD="$OLDPWD/user" ' +
      EVALUATE.replace("L.npy", "../L.npy").replace("Y.npy", "../Y.npy"),
  },
  {
    name: "a link to a link",
    script: "mv L.npy far && ln -s far near && ln -s near L.npy && " + EVALUATE,
  },
  {
    name: "a name of 255 bytes",
    script: 'name="$(printf "%0251d" 1).npy" && mv L.npy "$name" && ' +
      EVALUATE.replace("L.npy", '"$name"'),
  },
  {
    name: "a folder with spaces, quotes, line breaks and Unicode",
    script:
      `name="$(printf 'a b\\047"\\n\\303\\251 \\360\\237\\230\\200$(x),;*')" &&
      mkdir "$name" && mv L.npy Y.npy "$name" && cd "$name" && ` + EVALUATE,
  },
];

let plain: Output | undefined;

for (const { name, needs, script, env } of HARMLESS) {
  Deno.test(
    needing(`evaluate gives the same output with: ${name}`, needs),
    () =>
      inWorld(async (run) => {
        plain ??= await inWorld((run) => run(EVALUATE));
        assert.deepEqual([plain.code, plain.stderr], [0, ""]);
        assert.deepEqual(await run(script, env), plain);
      }),
  );
}

/** An environment in which writing fails: in one line, and without a trace. */
interface Failing {
  readonly name: string;
  readonly needs?: Need;
  readonly script: string;
  readonly code: number;
  readonly stderr: RegExp;
  /** What the folder `out` then contains. */
  readonly left?: readonly string[];
}

/** A disk on `out`, of a few KiB, that only this script sees. */
const onDisk = (options: string, script: string) =>
  `mkdir out && unshare -m sh -c '
    mount -t tmpfs -o ${options} tmpfs out
    ${script}
    code=$?; ls -A out > left; exit $code'`;

const FULL = "head -c 100000 /dev/zero > out/filling 2> /dev/null; ";

const FAILING: readonly Failing[] = [
  {
    name: "a full disk",
    needs: "mount a disk",
    script: onDisk("size=16k", `${FULL}${TARGETS} out/T.npy`),
    code: 1,
    stderr: /^Failed: No space left on device .*out\/T\.npy.*\n$/,
    left: ["filling"],
  },
  {
    name: "a full disk under results",
    needs: "mount a disk",
    script: onDisk(
      "size=200k",
      `${TRAIN} --out out/run; code=$?; rm -r out/run;
      (exit $code)`,
    ),
    code: 1,
    stderr: /\nFailed: No space left on device .*out\/run\/.*\n$/,
    left: [],
  },
  {
    name: "a used up disk quota",
    needs: "compile C",
    script: `mkdir out; ${
      onFaultyDisk("DISK_QUOTA=100", `${TARGETS} out/T.npy`)
    }
      code=$?; ls -A out > left; exit $code`,
    code: 1,
    stderr: /^Failed: Disk quota exceeded .*out\/T\.npy.*\n$/,
    left: [],
  },
  {
    name: "a disk quota that training uses up",
    needs: "compile C",
    script: `${onFaultyDisk("DISK_QUOTA=100000", TRAIN)}
      code=$?; run="$(echo results/runs/*)"; ls -A "$run" > left
      # Where there is space, the next one trains it at once.
      ${TRAIN} > /dev/null 2>&1 && test -e "$run/run.json" && exit $code`,
    code: 1,
    stderr:
      /\nFailed: Disk quota exceeded .*'results\/runs\/.*'; set ILS_RESULTS_DIR to .*\n$/,
    left: ["checkpoint"],
  },
  {
    name: "a disk quota without space for a claim",
    needs: "compile C",
    script: `${onFaultyDisk("DISK_QUOTA=10", TRAIN)}
      code=$?; ls -A results/runs/*/checkpoint > left; exit $code`,
    code: 1,
    stderr:
      /^Failed: Disk quota exceeded .*: write '.*\/checkpoint\/claim-1'; set /,
    left: [],
  },
  {
    name: "a full device as standard output",
    script: `${EVALUATE} > /dev/full`,
    code: 1,
    stderr: /^Failed: No space left on device .*\n$/,
  },
  {
    name: "a read-only disk",
    needs: "mount a disk",
    script: onDisk("ro", `${TARGETS} out/T.npy`),
    code: 1,
    stderr: /^Failed: Read-only file system .*out\/T\.npy.*\n$/,
    left: [],
  },
  {
    name: "a folder of another user",
    needs: "act as another user",
    script: `mkdir -m 777 deno && mkdir out && ${OTHER} ${TARGETS} out/T.npy
      code=$?; ls -A out > left; exit $code`,
    code: 2,
    stderr: /^--out cannot be written to out: EACCES\n$/,
    left: [],
  },
  {
    name: "a project's folder of another user",
    needs: "act as another user",
    script: `mkdir -m 777 deno && mkdir out && (DENO="$PWD/deno" && cd out &&
      ${OTHER.replace("$PWD/deno", "$DENO")} ${TRAIN})
      code=$?; ls -A out > left; exit $code`,
    code: 1,
    stderr:
      /^Failed: Permission denied .*'results\/runs\/.*'; set ILS_RESULTS_DIR to an existing folder that can be written to\n$/,
    left: [],
  },
  {
    name: "a limit on the size of files",
    // Ended by SIGXFSZ; the next writer removes the temporary file.
    script: `mkdir out; (ulimit -f 0; exec ${TARGETS} out/T.npy)
      code=$?; ${TARGETS} out/T.npy > /dev/null; ls -A out > left; exit $code`,
    code: 153,
    // Printed by the shell.
    stderr: /^(File size limit exceeded.*\n)?$/,
    left: ["T.npy"],
  },
];

for (const { name, needs, script, code, stderr, left } of FAILING) {
  Deno.test(
    needing(
      `the program fails in one line, and leaves nothing, with: ${name}`,
      needs,
    ),
    () =>
      inWorld(async (run, cwd) => {
        const found = await run(script);
        assert.deepEqual([found.code, found.stdout], [code, ""], found.stderr);
        assert.match(found.stderr, stderr);
        if (left === undefined) return;
        const names = (await Deno.readTextFile(join(cwd, "left"))).split("\n");
        assert.deepEqual(names.filter(Boolean), left);
      }),
  );
}

Deno.test(
  needing(
    "ILS_RESULTS_DIR is the remedy for a project's folder of another user",
    "act as another user",
  ),
  () =>
    inWorld(async (run) => {
      const { code, stderr } = await run(
        `mkdir -m 777 deno results && mkdir own && DENO="$PWD/deno" && cd own &&
        export ILS_RESULTS_DIR="$PWD/../results" &&
        ${OTHER.replace("$PWD/deno", "$DENO")} ${TRAIN} && ls ../results/runs`,
      );
      assert.equal(code, 0, stderr);
    }),
);
