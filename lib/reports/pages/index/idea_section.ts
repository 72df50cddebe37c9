import { targetExplorer } from "./explorer_section.ts";
import { figureHtml } from "./figure_html.ts";
import { term } from "./glossary.ts";
import type { IndexContent } from "./index_content.ts";

/** What instance-based smoothing is: words, one image, and the flow. */
export function ideaSection(content: IndexContent): string {
  const { figures } = content;
  const figure = (names: readonly string[], caption: string) => {
    const found = figures.find(({ name }) => names.includes(name));
    return found === undefined ? "" : figureHtml(found, caption);
  };
  const example = figure(
    ["02-confusing", "02-idea"],
    "One training image that the teacher finds confusing, and the target that " +
      "each method makes of its label.",
  );
  const flow = figure(
    ["02-process"],
    "From the label to the trained network, with the same image.",
  );
  const words =
    `<p>A classifier usually learns from labels that are certain: all
probability on one class. ${
      term("ls", "Label smoothing")
    } takes a little of it and
spreads it evenly over all classes, the same for every image. <b>${
      term("ils", "Instance-based")
    }</b> smoothing gives it to the classes that a ${term("teacher", "teacher")}
network finds similar to <em>this</em> image. The hope: probabilities that can be
taken at their word. The rival: ${
      term("scaling", "temperature scaling")
    } of a plainly trained network, which needs no teacher.</p>\n`;
  if (example + flow === "") return words;
  return `${words}<div class="panels">\n<div>${example}${
    targetExplorer(content)
  }</div>
${flow}</div>\n`;
}
