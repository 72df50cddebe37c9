import { scriptJson } from "../../interactive/script_json.ts";
import type { IndexContent } from "./index_content.ts";

/** Sliders for the targets of one image, which a script fills and shows. */
export function targetExplorer({ oneImage }: IndexContent): string {
  if (oneImage === undefined) return "";
  const words =
    "The targets follow the amount and the temperature that divides " +
    "the teacher's logits. ILS multiplies the amount by the teacher's probability " +
    "of the true class; for ILS quadratic it is the largest amount, with " +
    "P1 = 0.8 and P2 = 2.";
  return explorer("targets", "Try other amounts", words, oneImage);
}

/** Controls for reliability diagrams, which a script fills and shows. */
export function reliabilityExplorer({ explored }: IndexContent): string {
  if (explored === undefined) return "";
  const { n, models: [{ scores }] } = explored;
  const count = (rows: number) => rows.toLocaleString("en");
  const which = scores.rows === n
    ? `all ${count(n)} test images`
    : `a random sample of ${count(scores.rows)} of the ${count(n)} test images`;
  const words =
    `One network per method, on ${which}. The charts and the numbers ` +
    "below them follow the controls. The temperature divides the logits; " +
    "predictions below the chosen confidence are rejected.";
  return explorer("reliability", "Try other settings", words, explored);
}

/** The place of an explorer with its data. */
function explorer(
  name: string,
  title: string,
  words: string,
  data: unknown,
): string {
  return `<div class="explorer" id="${name}-explorer" hidden>
<h3>${title}</h3>
<p class="text">${words}</p>
<div class="explored"></div>
</div>
<script type="application/json" id="${name}-data">${scriptJson(data)}</script>
`;
}
