import type { Variant } from "./python_environment.ts";

/** Flags of the set-up. */
export interface SetupFlags {
  readonly help: boolean;
  /** Prints nothing if there is nothing to do. */
  readonly quiet: boolean;
  /** The TensorFlow build; undefined keeps the installed one. */
  readonly variant: Variant | undefined;
  /** Installs what only a cluster needs, too. */
  readonly cluster: boolean;
}

/** Error of invalid flags, with a one-line message. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const FLAGS = ["--cuda", "--cpu", "--cluster", "--quiet", "--help"];

/**
 * Parses the set-up's flags, in any order.
 *
 * @throws {UsageError} for unknown or repeated flags, and for both builds
 */
export function parseSetupFlags(args: readonly string[]): SetupFlags {
  const unknown = args.find((arg) => !FLAGS.includes(arg));
  if (unknown !== undefined) {
    throw new UsageError(
      `Cannot set up with ${unknown}: allowed are ${FLAGS.join(", ")}`,
    );
  }
  const twice = args.find((arg, i) => args.indexOf(arg) < i);
  if (twice !== undefined) {
    throw new UsageError(`Cannot set up: ${twice} is given twice`);
  }
  const has = (flag: string) => args.includes(flag);
  if (has("--cuda") && has("--cpu")) {
    throw new UsageError(
      "Cannot set up with --cuda and --cpu: one build is installed at a time",
    );
  }
  return {
    help: has("--help"),
    quiet: has("--quiet"),
    cluster: has("--cluster"),
    variant: has("--cuda") ? "cuda" : has("--cpu") ? "cpu" : undefined,
  };
}
