import assert from "node:assert/strict";
import { BadInput } from "../../../lib/bad_input.ts";
import { modelKind } from "../../../lib/cli/flags/model_kind.ts";

Deno.test("modelKind() accepts every name, and densenet for densenet40", () => {
  const { parse, help } = modelKind("the network");
  assert.equal(parse("resnet18", "--model"), "resnet18");
  assert.equal(parse("densenet", "--model"), "densenet40");
  assert.equal(parse("densetnet", "--model"), "densenet40");
  assert.match(
    help,
    /^the network: mlp, .*wrn34-10; densenet means densenet40, densetnet means densenet40$/,
  );
  const wrong = [
    ["densenet1", ", did you mean densenet40?"],
    ["toString", ""],
    ["", ""],
  ];
  for (const [text, suggestion] of wrong) {
    assert.throws(
      () => parse(text, "--model"),
      (error) =>
        error instanceof BadInput &&
        error.message.startsWith("--model must be one of mlp, ") &&
        error.message.endsWith(
          `: current value is ${text || '""'}${suggestion}`,
        ),
    );
  }
});
