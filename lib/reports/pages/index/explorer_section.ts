import { scriptJson } from "../../interactive/script_json.ts";
import type { IndexContent } from "./index_content.ts";

/** Controls for reliability diagrams, which a script fills and shows. */
export function explorerSection({ explorer }: IndexContent): string {
  if (explorer === undefined) return "";
  const { data, script } = explorer;
  const [{ scores }] = data.models;
  const count = (rows: number) => rows.toLocaleString("en");
  const which = scores.rows === data.n
    ? `all ${count(data.n)} test images`
    : `a random sample of ${count(scores.rows)} of the ${
      count(data.n)
    } test images`;
  return `<div class="explorer" hidden>
<h3>Try other settings</h3>
<p class="text">One network per method, on ${which}. The charts and the numbers below
them follow the controls. The temperature divides the logits; predictions below the
chosen confidence are rejected.</p>
<div class="explored"></div>
</div>
<script type="application/json" id="explorer-data">${scriptJson(data)}</script>
<script type="module">${script}</script>
`;
}
