import assert from "node:assert/strict";
import { join } from "node:path";
import { VENV } from "../../tools/setup/paths.ts";

const LAB = join(VENV, "share", "jupyter", "lab");

async function readJson(...path: string[]) {
  return JSON.parse(await Deno.readTextFile(join(LAB, ...path)));
}

Deno.test("JupyterLab is set not to ask for news, with a valid value", async () => {
  const name = "@jupyterlab/apputils-extension";
  const overrides = await readJson("settings", "overrides.json");
  const { fetchNews } = overrides[`${name}:notification`];
  assert.equal(fetchNews, "false");
  const schema = await readJson("schemas", name, "notification.json");
  const allowed = schema.properties.fetchNews.oneOf;
  assert(allowed.some((one: { const: string }) => one.const === fetchNews));
});
