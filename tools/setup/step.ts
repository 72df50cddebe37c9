/** A part of the set-up, done once and then recognised as done. */
export interface Step {
  /** What it does, for the one line that announces it. */
  readonly title: string;
  /** What this machine must have for it; each says what is missing, if any. */
  readonly needs: readonly Prerequisite[];
  /** Whether there is nothing to do; takes milliseconds. */
  isDone(): Promise<boolean>;
  /** Does it. A stop in between leaves nothing that `isDone` takes for done. */
  run(): Promise<void>;
}

/** Something that set-up cannot bring itself. */
export type Prerequisite = () => Promise<Missing | undefined>;

/** What is missing, and the Debian package that supplies it, if one does. */
export interface Missing {
  readonly what: string;
  readonly debianPackage?: string;
}

/** Why the set-up cannot go on: one line, for a person. */
export class SetupError extends Error {
  override readonly name = "SetupError";
}
