/** A step of the set-up, skipped if it is already done. */
export interface Step {
  /** Description, printed when the step starts. */
  readonly title: string;
  /** Prerequisites of the step. */
  readonly needs: readonly Prerequisite[];
  /** Returns whether the step is done; takes milliseconds. */
  isDone(): Promise<boolean>;
  /** Runs the step. If interrupted, `isDone()` remains false. */
  run(): Promise<void>;
}

/** Checks for something that set-up cannot install; returns what is missing. */
export type Prerequisite = () => Promise<Missing | undefined>;

/** A missing prerequisite, and the Debian package that provides it, if any. */
export interface Missing {
  readonly what: string;
  readonly debianPackage?: string;
}

/** Error that stops the set-up, with a one-line message. */
export class SetupError extends Error {
  override readonly name = "SetupError";
}
