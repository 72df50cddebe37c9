import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** Most characters of a found value that a message shows. */
const SHOWN = 40;

/** zod's names of types, as a message puts them. */
const TYPES: Readonly<Record<string, string>> = {
  number: "a number",
  int: "a whole number",
  string: "text",
  boolean: "true or false",
  object: "an object",
  record: "an object",
  array: "a list",
  tuple: "a list",
  null: "null",
};

/**
 * The first fault that a schema found in a JSON value, in one line that names
 * the key: `test.logLoss must be a number: found "x"`.
 *
 * @param issues of a failed `safeParse()`, at least one
 * @param value what was parsed
 */
export function describeFault(
  [issue]: readonly Issue[],
  value: unknown,
): string {
  const { path, rule } = faultOf(issue);
  const found = valueAt(value, path);
  const subject = path.length === 0 ? "it" : keyPath(path);
  return found === undefined
    ? `${subject} is missing: it ${rule}`
    : `${subject} ${rule}: found ${shown(found)}`;
}

/** Which value breaks a rule, and the rule: "must be a number". */
interface Fault {
  readonly path: readonly PropertyKey[];
  readonly rule: string;
}

function faultOf(issue: Issue): Fault {
  const { path } = issue;
  switch (issue.code) {
    case "invalid_type":
      return { path, rule: `must be ${TYPES[issue.expected]}` };
    case "invalid_value":
      return { path, rule: `must be ${oneOf(issue.values)}` };
    case "too_small":
      return { path, rule: bound(issue, issue.minimum, ["at least", "above"]) };
    case "too_big":
      return { path, rule: bound(issue, issue.maximum, ["at most", "below"]) };
    case "unrecognized_keys":
      return { path: [...path, issue.keys[0]], rule: "must not be there" };
    case "invalid_union":
      return faultOfUnion(issue);
    default:
      return { path, rule: issue.message };
  }
}

/**
 * Of the alternatives, the one meant is that whose fault lies deepest, and of
 * these the one with the fewest; where none got past the value itself, all are
 * named.
 */
function faultOfUnion(
  issue: Extract<Issue, { code: "invalid_union" }>,
): Fault {
  const { path } = issue;
  if ("options" in issue && issue.options !== undefined) {
    return { path, rule: `must be ${oneOf(issue.options)}` };
  }
  const faults = issue.errors
    .map((issues) => ({ ...faultOf(issues[0]), count: issues.length }))
    .sort((a, b) => b.path.length - a.path.length || a.count - b.count);
  const [meant] = faults;
  if (meant.path.length > 0) {
    return { path: [...path, ...meant.path], rule: meant.rule };
  }
  const [rule, ...others] = new Set(faults.map(({ rule }) => rule));
  const rest = others.map((other) => ` or ${other.replace(/^must be /, "")}`);
  return { path, rule: rule + rest.join("") };
}

function bound(
  { origin, inclusive, exact }: {
    readonly origin: string;
    readonly inclusive?: boolean;
    readonly exact?: boolean;
  },
  limit: number | bigint,
  [closed, open]: readonly [string, string],
): string {
  const relation = exact ? "" : inclusive ? `${closed} ` : `${open} `;
  if (origin === "array") return `must have ${relation}${limit} entries`;
  if (origin === "string") return `must have ${relation}${limit} characters`;
  return `must be ${relation}${limit}`;
}

function oneOf(values: readonly unknown[]): string {
  // A key that may be missing has undefined among its values.
  const written = values.filter((value) => value !== undefined)
    .map((value) => JSON.stringify(value));
  const listed = written.join(", ");
  return written.length === 1 ? listed : `one of ${listed}`;
}

/** As a program would write it: `rows[3].epsilon`, `numbers["a b"]`. */
function keyPath(path: readonly PropertyKey[]): string {
  const parts = path.map((key) =>
    typeof key === "number"
      ? `[${key}]`
      : /^[\w-]+$/.test(String(key))
      ? `.${String(key)}`
      : `[${JSON.stringify(key)}]`
  );
  return parts.join("").replace(/^\./, "");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | null)?.[key],
    value,
  );
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`;
}
