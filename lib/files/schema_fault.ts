import type { z } from "zod";
import { quoted } from "./quoted.ts";

type Issue = z.core.$ZodIssue;

/** Largest number of characters of a value in a message. */
const SHOWN = 40;

/** zod's names of types in messages. */
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
 * The first violation of a schema in one line with the key, such as
 * `test.logLoss must be a number: found "x"`.
 *
 * @param issues issues of a failed `safeParse()`, at least one
 * @param value the parsed value
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

/** The path of an invalid value and the violated rule, such as "must be a number". */
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
      return { path: [...path, issue.keys[0]], rule: "is not allowed" };
    case "invalid_union":
      return faultOfUnion(issue);
    default:
      return { path, rule: issue.message };
  }
}

/**
 * The fault of the alternative that was probably intended: the one whose fault is
 * deepest, and among these the one with the fewest. If all fail for the value itself,
 * the rules of all are listed.
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
  const [likeliest] = faults;
  if (likeliest.path.length > 0) {
    return { path: [...path, ...likeliest.path], rule: likeliest.rule };
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
  // Optional keys have undefined among their values.
  const written = values.filter((value) => value !== undefined)
    .map((value) => JSON.stringify(value));
  const listed = written.join(", ");
  return written.length === 1 ? listed : `one of ${listed}`;
}

/** The path in JavaScript notation: `rows[3].epsilon`, `numbers["a b"]`. */
function keyPath(path: readonly PropertyKey[]): string {
  const parts = path.map((key) =>
    typeof key === "number"
      ? `[${key}]`
      : /^[\w-]{1,60}$/.test(String(key))
      ? `.${String(key)}`
      : `[${quoted(String(key))}]`
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
  if (typeof value === "string") return quoted(value, SHOWN);
  const text = JSON.stringify(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`;
}
