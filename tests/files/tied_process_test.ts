import assert from "node:assert/strict";
import { tiedCommand } from "../../lib/files/tied_process.ts";

/** A program that runs until SIGINT, and then ends with code 7. */
const UNTIL_SIGINT =
  "trap 'exit 7' INT; echo started; while :; do sleep 0.05; done";

const STREAMS = { stdout: "piped", stderr: "null" } as const;

Deno.test("a tied program gets SIGINT when its standard input is closed", async () => {
  const child = tiedCommand(["sh", "-c", UNTIL_SIGINT], STREAMS).spawn();
  const reader = child.stdout.getReader();
  await reader.read();
  await child.stdin.close();
  assert.equal((await child.status).code, 7);
  await reader.cancel();
});

Deno.test("a tied program keeps its arguments and exit code", async () => {
  const words = ["sh", "-c", 'echo "$1"; exit 3', "sh", "two words"];
  const child = tiedCommand(words, STREAMS).spawn();
  const { code, stdout } = await child.output();
  await child.stdin.close();
  assert.equal(code, 3);
  assert.equal(new TextDecoder().decode(stdout), "two words\n");
});
