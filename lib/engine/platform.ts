/** The Deno version on which the tests run. */
export const TESTED_DENO = "2.9.6";

/** Operating system and architecture, as in `Deno.build`. */
export type Build = Pick<typeof Deno.build, "os" | "arch">;

/** A warning about an untested Deno version; undefined for the tested one. */
export function denoWarning(version: string): string | undefined {
  if (version === TESTED_DENO) return undefined;
  return `Deno ${version} is untested, ${TESTED_DENO} is tested ` +
    `(npx -y deno@${TESTED_DENO} runs it)`;
}

/** The reason, in one line, why a system cannot run TensorFlow; undefined if it can. */
export function platformProblem({ os, arch }: Build): string | undefined {
  if (os === "linux" && (arch === "x86_64" || arch === "aarch64")) return;
  const system = { darwin: "macOS", windows: "Windows" }[os as string] ?? os;
  return `TensorFlow's libraries come from its Linux wheels for x86_64 and ` +
    `aarch64; on ${system} ${arch} use the container: ` +
    `docker build -t ils . (docs/install.md)`;
}
