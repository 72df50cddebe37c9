import { basename } from "node:path";
import { isLabelName } from "../../../files/arrays/column_roles.ts";
import { parseArrayPath } from "../../../files/array_path.ts";
import type { Content, FilePart } from "./file_parts.ts";

/** What a part is used for. */
export type Role =
  | "unused"
  | "scores"
  | "labels"
  | "both"
  | "valScores"
  | "valLabels"
  | "valBoth"
  | "images";

/** Titles of roles, in the order of their choice. */
export const ROLE_TITLES: Readonly<Record<Role, string>> = {
  unused: "not used",
  scores: "test scores",
  labels: "test labels",
  both: "test scores and labels",
  valScores: "validation scores",
  valLabels: "validation labels",
  valBoth: "validation scores and labels",
  images: "test images",
};

const VALIDATION = {
  scores: "valScores",
  labels: "valLabels",
  both: "valBoth",
} as const;

/** The roles that a part can have. */
export function rolesOf({ contents }: FilePart): Role[] {
  const roles = contents.flatMap((content): Role[] =>
    content === "images" ? ["images"] : [content, VALIDATION[content]]
  );
  return (Object.keys(ROLE_TITLES) as Role[])
    .filter((role) => role === "unused" || roles.includes(role));
}

/** Roles that one part alone can have: the labels of several models are the same. */
const SINGLE: readonly Role[] = ["labels", "valLabels", "images"];

/** The likely role of each part, from its shape and name; at most one has labels. */
export function guessRoles(parts: readonly FilePart[]): Role[] {
  const likely = parts.map(likelyRole);
  const test =
    parts[likely.findIndex((role) => role === "scores" || role === "both")];
  const roles = likely.map((role, i) =>
    role === "images" && parts[i].rows !== test?.rows ? "unused" : role
  );
  return roles.map((role, i) =>
    SINGLE.includes(role) && roles.indexOf(role) < i ? "unused" : role
  );
}

const VALIDATION_NAME =
  /(^|[^a-z])(v[aly]|val|valid|validation|dev|cal|calib|calibration)([^a-z]|$)/i;
const LABEL_NAME = /label|target|truth|(^|[^a-z])(v?y|gt)([^a-z]|$)/i;

function likelyRole(part: FilePart): Role {
  const { file, key } = parseArrayPath(part.path);
  // Folders say nothing about their files.
  const name = basename(file).replace(/\.[^.]*$/, "") +
    (key === undefined ? "" : ` ${key}`);
  const content = likelyContent(part, key ?? name);
  if (content === undefined) return "unused";
  if (content === "images") return "images";
  return VALIDATION_NAME.test(name) ? VALIDATION[content] : content;
}

function likelyContent(
  { contents }: FilePart,
  name: string,
): Content | undefined {
  const has = (content: Content) => contents.includes(content);
  if (has("labels") && (isLabelName(name) || LABEL_NAME.test(name))) {
    return contents[0] === "both" ? "both" : "labels";
  }
  return contents[0];
}
