import { escapeHtml } from "../../tables/table_html.ts";
import type { IndexContent } from "./index_content.ts";
import { counted } from "./wording.ts";
import { duration } from "../../../duration.ts";

/** What holds for every profile with networks on images. */
const IMAGE_LIMITS = [
  "Fashion-MNIST alone: other data and larger networks of the study are missing " +
  "unless the profile says otherwise.",
  "The levels of scores cannot be compared with the study's; the directions can.",
  "An undecided difference is not an absent one: the tables state how many seeds " +
  "would decide.",
];

const SYNTHETIC_LIMITS = [
  "The study does not print where its classes lie; ours were fitted to its " +
  "published Bayes scores.",
  "Three classes in two dimensions with 150 training points: not images.",
];

/** Deliberate differences from the study, with reasons. */
const DIFFERENCES = [
  [
    "every method is tuned on validation data, label smoothing too",
    "an untuned " +
    "rival proves little",
  ],
  [
    "teacher outputs belong to the same image, in evaluation mode",
    "the study " +
    "runs the teacher on a shuffled, augmented batch",
  ],
  [
    "epochs are chosen on validation data; the test set is read once",
    "the study " +
    "chooses students' epochs on the test set",
  ],
  [
    "temperatures are searched in [0.05, 20]",
    "published runs reached the " +
    "study's bounds of 0.8 and 3",
  ],
  [
    "targets sum to 1, and every trial has its own seed",
    "otherwise the losses " +
    "and the spread mean something else",
  ],
] as const;

/** Limits, differences from the study, and what it costs. */
export function limitsSection(content: IndexContent): string {
  const { data, provenance } = content;
  const limits = [
    ...data.settings.length > 0 || data.gains.length > 0 ? IMAGE_LIMITS : [],
    ...data.claims.length > 0 ? SYNTHETIC_LIMITS : [],
    ...data.gains.length > 0
      ? [
        "Many situations with few seeds each: read the counts, not single rows.",
      ]
      : [],
  ];
  const rows = DIFFERENCES.map(([here, reason]) =>
    `<tr><td>${escapeHtml(here)}</td><td>${escapeHtml(reason)}</td></tr>`
  );
  const full = provenance.notebooks.some(({ name }) => name === "07_results")
    ? ` The full list is in <a href="notebooks/07_results.html#Differences-from-` +
      `the-study">notebook 07</a>.`
    : "";
  return `<h3>Limits</h3>\n${list(limits)}
<h3>What differs from the study</h3>
<p>The study's code could not run as published, and some choices would have favoured
its method.${full}</p>
<table class="plain"><thead><tr><th scope="col">Here</th><th scope="col">Reason</th>
</tr></thead><tbody>\n${rows.join("\n")}\n</tbody></table>
<h3>Cost</h3>\n${list(costs(content))}`;
}

function costs({ provenance, data }: IndexContent): string[] {
  const { summary, device, runs, seconds } = provenance;
  const trained = data.costs.map(({ what, seconds }) =>
    `${what} in ${duration(seconds)}`
  );
  return [
    "Temperature scaling costs nothing. Label smoothing costs as much as plain " +
    "training. Instance-based smoothing also needs a teacher: a second network.",
    `This profile: ${summary}.` +
    (trained.length === 0 ? "" : ` Training: ${trained.join(", ")}.`),
    `${counted(runs.length, "run")} on ${device}; the last ` +
    `execution of the notebooks took ${
      duration(seconds)
    } with what was on disk.`,
  ];
}

function list(items: readonly string[]): string {
  return items.length === 0
    ? ""
    : `<ul>\n${
      items.map((item) => `<li>${escapeHtml(item)}</li>`).join("\n")
    }\n</ul>\n`;
}
