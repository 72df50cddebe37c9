/** What was found of one thing that the project needs. */
export interface Finding {
  readonly name: string;
  /** False where it does not work; null where nobody has to have it. */
  readonly works: boolean | null;
  /** In a line: what was found, and what to do about it. */
  readonly detail: string;
}

/** Looks at one thing; an error is a finding that says so. */
export async function look(
  name: string,
  detail: () => Promise<string | Omit<Finding, "name">>,
): Promise<Finding> {
  try {
    const found = await detail();
    if (typeof found !== "string") return { name, ...found };
    return { name, works: true, detail: found };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { name, works: false, detail: reason.replaceAll(/\s+/g, " ") };
  }
}
