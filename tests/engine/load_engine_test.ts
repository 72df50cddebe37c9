import { deepStrictEqual } from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";

const PACKAGE = "@tensorflow/tfjs-node-gpu";

Deno.test("an engine that does not load leaves standard error readable", async () => {
  const folder = await Deno.makeTempDir();
  const write = async (path: string, text: string) => {
    await Deno.mkdir(join(folder, path, ".."), { recursive: true });
    await Deno.writeTextFile(join(folder, path), text);
  };
  try {
    for (const name of ["load_engine.ts", "muted.ts"]) {
      await Deno.copyFile(join(ROOT, "lib/engine", name), join(folder, name));
    }
    await write("deno.json", '{ "nodeModulesDir": "manual" }');
    await write(
      "package.json",
      `{ "dependencies": { "${PACKAGE}": "1.0.0" } }`,
    );
    const installed = join("node_modules", PACKAGE);
    await write(
      join(installed, "package.json"),
      `{ "name": "${PACKAGE}", "version": "1.0.0" }`,
    );
    await write(join(installed, "index.js"), 'throw new Error("no library");');
    // As in engine.ts, the engine is imported after load_engine.ts.
    await write("engine.ts", `import "./load_engine.ts"; import "${PACKAGE}";`);
    await write(
      "main.ts",
      `await import("./engine.ts").catch((error) => console.error(error.message));`,
    );
    const { stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-all", "--no-check", join(folder, "main.ts")],
      cwd: folder,
      env: { NO_COLOR: "1" },
    }).output();
    deepStrictEqual(new TextDecoder().decode(stderr), "no library\n");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
