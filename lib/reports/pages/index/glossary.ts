import { escapeHtml } from "../../tables/table_html.ts";

/** A term and what it means, for readers who are new to the subject. */
interface Entry {
  readonly title: string;
  readonly meaning: string;
}

const ENTRIES = {
  plain: {
    title: "Plain training (CE)",
    meaning: "Training on one-hot labels with cross-entropy: all probability " +
      "on the labelled class.",
  },
  ls: {
    title: "Label smoothing (LS)",
    meaning: "Training on labels of which a fixed share, epsilon, is spread " +
      "evenly over all classes. Tuned: epsilon was chosen on validation images.",
  },
  ils: {
    title: "Instance-based label smoothing (ILS)",
    meaning:
      "Label smoothing that gives the moved probability to the classes " +
      "that a teacher finds similar to this image. The quadratic form also " +
      "chooses the amount for each image.",
  },
  teacher: {
    title: "Teacher, student",
    meaning:
      "The teacher is a plainly trained network whose outputs shape the " +
      "soft targets. A student is a small network trained to imitate a larger one.",
  },
  scaling: {
    title: "Temperature scaling",
    meaning: "Dividing the outputs of a trained network (its logits) by one " +
      "number that is fitted on validation images. It costs nothing and keeps " +
      "every prediction.",
  },
  logloss: {
    title: "Log loss",
    meaning:
      "The mean of minus the logarithm of the probability given to the " +
      "true class, in nats. It rewards accuracy and calibration together. Lower " +
      "is better.",
  },
  ece: {
    title: "ECE, expected calibration error",
    meaning:
      "The mean gap between confidence and accuracy over ten groups of " +
      "predictions with similar confidence. Lower is better.",
  },
  accuracy: {
    title: "Accuracy",
    meaning:
      "The share of test images whose most probable class is the right " +
      "one. Temperature scaling does not change it.",
  },
  aurc: {
    title: "AURC, area under the risk-coverage curve",
    meaning: "The error rate among the most confident predictions, averaged " +
      "over all shares of predictions kept. Lower means that confidence " +
      "separates errors from correct answers better.",
  },
  seed: {
    title: "Seed",
    meaning: "The number that fixes a network's split of the data, initial " +
      "weights and order of batches. Several seeds show how much is chance.",
  },
  interval: {
    title: "95 % interval, paired difference",
    meaning: "Networks of one seed share everything except the method, so " +
      "their scores are subtracted seed by seed. The interval (Student's t) " +
      "covers the true mean difference in 95 of 100 such experiments.",
  },
  undecided: {
    title: "Undecided",
    meaning:
      "The interval contains 0: these seeds show no difference. It does " +
      "not mean that there is none.",
  },
} as const satisfies Readonly<Record<string, Entry>>;

/** The name of a term of the glossary. */
export type Term = keyof typeof ENTRIES;

/**
 * A word with its meaning as a tooltip, and a link to the glossary for readers
 * without a pointer or scripts.
 *
 * @param text as in the sentence (plain text)
 */
export function term(name: Term, text: string): string {
  const { meaning } = ENTRIES[name];
  return `<a class="term" href="#term-${name}" data-tip="${
    escapeHtml(meaning)
  }">${escapeHtml(text)}</a>`;
}

/** All terms as a list. */
export function glossaryList(): string {
  const items = Object.entries(ENTRIES).map(([name, { title, meaning }]) =>
    `<dt id="term-${name}">${escapeHtml(title)}</dt>` +
    `<dd>${escapeHtml(meaning)}</dd>`
  );
  return `<dl class="glossary">\n${items.join("\n")}\n</dl>\n`;
}
