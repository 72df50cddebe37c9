import type { Variant } from "./python_environment.ts";

/** What the set-up was asked for. */
export interface SetupFlags {
  readonly help: boolean;
  /** Says nothing when there is nothing to do. */
  readonly quiet: boolean;
  /** The build that was named; undefined keeps what is installed. */
  readonly variant: Variant | undefined;
}

/** Flags that cannot be: one line, for a person. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const FLAGS = ["--cuda", "--cpu", "--quiet", "--help"];

/**
 * The set-up's flags, in any order.
 *
 * @throws {UsageError} for an unknown one, one given twice, and both builds
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
    variant: has("--cuda") ? "cuda" : has("--cpu") ? "cpu" : undefined,
  };
}
