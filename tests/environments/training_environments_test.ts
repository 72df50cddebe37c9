/** Places and settings in which training gives the same bytes. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { listing } from "../cli/program.ts";
import { inWorld, type Need, needing, onFaultyDisk } from "./world.ts";

const TRAIN = "ils train --dataset excerpt --model mlp --limit 60 --lr 0.02 " +
  "--batch-size 10 --epochs 2 --threads 1";

const OTHER =
  "setpriv --reuid=65534 --regid=65534 --clear-groups env -u HOME " +
  'DENO_DIR="$PWD/deno"';

/** Runs a command in a terminal, which Python makes. */
const IN_TERMINAL = (python: string, words: string) =>
  `'${python}' -c 'import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)' ${words}`;

interface Setting {
  readonly name: string;
  readonly needs?: Need;
  readonly script: string;
  readonly env?: Record<string, string>;
}

const PYTHON = join(Deno.cwd(), ".venv", "bin", "python");

const SETTINGS: readonly Setting[] = [
  {
    name: "another locale and time zone, and no colours",
    script: TRAIN,
    env: { LC_ALL: "tr_TR.UTF-8", TZ: "Asia/Kathmandu", NO_COLOR: "1" },
  },
  {
    name: "no network and umask 077",
    needs: "leave the network",
    script: `umask 077; unshare -n ${TRAIN}`,
  },
  { name: "a terminal", script: IN_TERMINAL(PYTHON, TRAIN) },
  {
    name: "results on another disk, by a link",
    script: `mkdir far && ln -s far results && ${TRAIN}`,
  },
  {
    name: "a folder with spaces, quotes, commas and line breaks",
    script: `name="$(printf 'a b\\047",\\n\\303\\251')" && mkdir "$name" &&
      (cd "$name" && ${TRAIN}) && mv "$name/results" .`,
  },
  {
    name: "a slow disk",
    needs: "compile C",
    script: onFaultyDisk("DISK_DELAY_MS=10", TRAIN),
  },
  {
    name: "a results folder that another user shares, after their crash",
    needs: "act as another user",
    script:
      `umask 000; mkdir deno results results/runs && ${TRAIN} > /dev/null 2>&1 &&
      run="$(echo results/runs/*)" && rm "$run/run.json" && mkdir "$run/checkpoint" &&
      touch "$run/run.json.partial-1-01234567" && ${OTHER} ${TRAIN}`,
  },
];

/** Files of the run in a folder that do not contain times, by name. */
function bytesIn(cwd: string): Record<string, string> {
  const all = Object.entries(listing(join(cwd, "results", "runs")));
  return Object.fromEntries(
    all.filter(([path]) => /\.(npy|bin)$/.test(path))
      .map(([path, bytes]) => [path.split("/results/")[1], bytes]),
  );
}

let expected: Record<string, string> | undefined;

for (const { name, needs, script, env } of SETTINGS) {
  Deno.test(
    needing(`training gives the same bytes with: ${name}`, needs),
    () =>
      inWorld(async (run, cwd) => {
        expected ??= await inWorld(async (plain, folder) => {
          const { code, stderr } = await plain(TRAIN);
          assert.equal(code, 0, stderr);
          // Without a terminal, there are no control characters.
          assert(!stderr.includes("\r") && !stderr.includes("\x1b"), stderr);
          return bytesIn(folder);
        });
        const { code, stdout, stderr } = await run(script, env);
        assert.equal(code, 0, stdout + stderr);
        assert.equal(Object.keys(expected).length, 10);
        assert.deepEqual(bytesIn(cwd), expected);
      }),
  );
}

Deno.test("a reader that closes the pipe early is no error", () =>
  inWorld(async (run, cwd) => {
    const { stdout, stderr } = await run(
      "{ ils evaluate --help all; echo $? > code; } | head -c 1",
    );
    assert.deepEqual([stdout.length, stderr], [1, ""]);
    assert.equal(await Deno.readTextFile(join(cwd, "code")), "0\n");
  }));

Deno.test(
  needing(
    "a run that only another user may read is named in one line",
    "act as another user",
  ),
  () =>
    inWorld(async (run) => {
      const private_ = await run(`umask 077; ${TRAIN}`);
      assert.equal(private_.code, 0, private_.stderr);
      const { code, stdout, stderr } = await run(
        `mkdir -m 777 deno && chmod 755 results results/runs && ${OTHER} ${TRAIN}`,
      );
      assert.deepEqual([code, stdout], [2, ""], stderr);
      assert.match(
        stderr,
        /^Cannot read results\/runs\/.*: Permission denied.*\n$/,
      );
    }),
);

Deno.test(
  needing("processes on a slow disk train a run once", "compile C"),
  () =>
    inWorld(async (run) => {
      const { code, stdout, stderr } = await run(onFaultyDisk(
        "DISK_DELAY_MS=20",
        `for i in 1 2; do ${TRAIN} > "$i.out" 2> "$i.err" & done; wait
        cat *.err >&2; cat *.out`,
      ));
      assert.equal(code, 0);
      assert.equal(stdout.match(/^accuracy /gm)?.length, 2, stdout + stderr);
      assert.equal(stderr.match(/ epoch 1 /g)?.length, 1, stderr);
    }),
);
