/** The version of Deno that the tests run on. */
export const TESTED_DENO = "2.9.6";

/** What `Deno.build` says about a machine. */
export type Build = Pick<typeof Deno.build, "os" | "arch">;

/** A warning about a version of Deno that nobody tested; undefined if tested. */
export function denoWarning(version: string): string | undefined {
  if (version === TESTED_DENO) return undefined;
  return `Deno ${version} is untested, ${TESTED_DENO} is tested ` +
    `(npx -y deno@${TESTED_DENO} runs it)`;
}

/** Why a system cannot run the engine, in one line; undefined if it can. */
export function platformProblem({ os, arch }: Build): string | undefined {
  if (os === "linux" && (arch === "x86_64" || arch === "aarch64")) return;
  const system = { darwin: "macOS", windows: "Windows" }[os as string] ?? os;
  return `TensorFlow's libraries come from its Linux wheels for x86_64 and ` +
    `aarch64; on ${system} ${arch} use the container: ` +
    `docker build -t ils . (docs/install.md)`;
}
