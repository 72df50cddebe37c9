import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { namesIn } from "../../lib/files/folders.ts";
import { mustRun } from "./command.ts";
import { ENGINE_PACKAGE, NODE_MODULES, TENSORFLOW } from "./paths.ts";
import { compiler, findCompiler } from "./prerequisites.ts";
import { exists, hashOf, hasStamp, writeStamp } from "./stamp.ts";
import { SetupError, type Step } from "./step.ts";

const FOLDER = join(ENGINE_PACKAGE, "lib", "napi-v8");
const BINDING = join(FOLDER, "tfjs_binding.node");
const STAMP = join(FOLDER, ".set-up");

/** Included before the sources. */
const HEADER = fileURLToPath(new URL("./session_config.h", import.meta.url));

const FLAGS = [
  "-std=c++17",
  "-O2",
  "-fPIC",
  "-shared",
  "-DNAPI_VERSION=8",
  "-DNODE_GYP_MODULE_NAME=tfjs_binding",
  "-DBUILDING_NODE_EXTENSION",
];

/** The engine's N-API binding, compiled against TensorFlow's wheel. */
export const binding: Step = {
  title: "Compile the engine's binding to TensorFlow",
  needs: [compiler],
  async isDone() {
    const wheel = await findWheel();
    return wheel !== undefined && await exists(BINDING) &&
      await hasStamp(STAMP, await stampOf(wheel));
  },
  async run() {
    const wheel = await findWheel();
    if (wheel === undefined) {
      throw new SetupError("Cannot find TensorFlow's libraries in .venv");
    }
    await compile(wheel.folder);
    await writeStamp(STAMP, await stampOf(wheel));
  },
};

interface Wheel {
  /** Folder of the libraries and `include/`. */
  readonly folder: string;
  /** Name and version, from the wheel's metadata. */
  readonly version: string;
}

/** The installed wheel of TensorFlow. */
export async function findWheel(): Promise<Wheel | undefined> {
  const version = (await namesIn(TENSORFLOW)).find((entry) =>
    /^tensorflow(_cpu)?-[0-9.]+\.dist-info$/.test(entry)
  );
  if (version === undefined) return undefined;
  return { folder: join(TENSORFLOW, "tensorflow"), version };
}

async function stampOf({ folder, version }: Wheel): Promise<string> {
  return await hashOf(
    [join(ENGINE_PACKAGE, "package.json"), HEADER],
    version,
    relative(ENGINE_PACKAGE, folder),
    ...FLAGS,
  );
}

async function compile(tensorflow: string) {
  await Deno.mkdir(FOLDER, { recursive: true });
  const program = await findCompiler() ?? "c++";
  const temporary = `${BINDING}.partial-${Deno.pid}`;
  const source = join(ENGINE_PACKAGE, "binding");
  try {
    await mustRun("compile the engine's binding", program, [
      ...FLAGS,
      "-include",
      HEADER,
      `-I${ENGINE_PACKAGE}`,
      `-I${join(tensorflow, "include")}`,
      `-I${join(NODE_MODULES, "node-api-headers", "include")}`,
      join(source, "tfjs_backend.cc"),
      join(source, "tfjs_binding.cc"),
      "-o",
      temporary,
      `-L${tensorflow}`,
      "-l:libtensorflow_cc.so.2",
      "-l:libtensorflow_framework.so.2",
      // Relative, so that the project folder can be moved.
      `-Wl,-rpath,$ORIGIN/${relative(FOLDER, tensorflow)}`,
    ]);
    await Deno.rename(temporary, BINDING);
  } finally {
    await Deno.remove(temporary).catch(() => {});
  }
}
