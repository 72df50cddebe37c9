/**
 * A pattern of our layer names and the PyTorch names for it. `$1` is the first
 * number in our name; `$-1` is one less, because PyTorch counts blocks from 0.
 */
type Rule = readonly [pattern: RegExp, ...names: string[]];

const RULES: readonly Rule[] = [
  [
    /^stage(\d+)_block(\d+)_((?:conv|bn)\d)$/,
    "layer$1.$-2.$3",
    "block$1.layer.$-2.$3",
  ],
  [
    /^stage(\d+)_block(\d+)_projection$/,
    "layer$1.$-2.shortcut.0",
    "layer$1.$-2.downsample.0",
    "block$1.layer.$-2.convShortcut",
  ],
  [
    /^stage(\d+)_block(\d+)_projection_bn$/,
    "layer$1.$-2.shortcut.1",
    "layer$1.$-2.downsample.1",
  ],
  [/^block(\d+)_layer(\d+)_((?:conv|bn)\d)$/, "block$1.layer.$-2.$3"],
  [/^transition(\d+)_(conv|bn)$/, "trans$1.$21"],
  [/^bn_last$/, "bn1"],
  [/^bn4$/, "fcbn1"],
  [/^dense(\d)$/, "fc$1"],
  // fc3 and fc2 are the last of the numbered layers.
  [/^logits$/, "linear", "fc", "fc3", "fc2"],
];

/**
 * Names that a layer may have in PyTorch code, most likely first: those of
 * pytorch-cifar (`layer1.0.shortcut.0`, `linear`), torchvision (`downsample`,
 * `fc`), WideResNet-pytorch and densenet-pytorch (`block1.layer.0.conv1`,
 * `trans1.conv1`), small networks (`fc1`), and last our own name.
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { torchNames } from "./torch_names.ts";
 * strictEqual(torchNames("stage1_block1_conv1")[0], "layer1.0.conv1");
 * ```
 */
export function torchNames(layer: string): string[] {
  const names = RULES.flatMap(([pattern, ...templates]) => {
    const match = pattern.exec(layer);
    return match === null ? [] : templates.map((name) => fill(name, match));
  });
  return [...names, layer];
}

function fill(template: string, match: RegExpExecArray): string {
  return template.replaceAll(/\$(-?)(\d)/g, (_, minus, group) => {
    const found = match[Number(group)];
    return minus === "" ? found : String(Number(found) - 1);
  });
}
