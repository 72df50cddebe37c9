import { ROOT } from "../../lib/files/project_root.ts";
import { SetupError } from "./step.ts";

/**
 * The error of a project's folder that the user may not write to, such as another
 * user's; undefined for any other error.
 */
export function deniedError(error: unknown): SetupError | undefined {
  const isDenied = error instanceof Deno.errors.PermissionDenied ||
    error instanceof Error && /read-only file system/i.test(error.message);
  if (!isDenied) return undefined;
  return new SetupError(
    `Cannot set up ${ROOT}: ${error.message}; its owner can run ` +
      "deno task setup, or you can work in a copy of your own",
  );
}
