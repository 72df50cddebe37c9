/** Damages of files with checksums: every changed digit is found. */
import {
  beside,
  cutShort,
  edited,
  empty,
  flipped,
  foreign,
} from "./damages.ts";
import { always, json, type Kind, READ, RECORD } from "./kinds.ts";

const CHANGED = /was changed after it was written: its checksum is wrong /;

/** Kinds of files with checksums. */
export const CHECKED_KINDS: readonly Kind[] = [
  json("checked run.json", RECORD, [
    [
      "with another number of epochs",
      edited(/"epochs": \d/, '"epochs": 7'),
      CHANGED,
    ],
    [
      "with another digit of a metric",
      edited(/("logLoss": 1\.2)1/, "$12"),
      CHANGED,
    ],
    [
      "with another checksum",
      edited('"checksum": "', '"checksum": "0'),
      CHANGED,
    ],
    ["with a changed key", edited('"epochs"', '"epoch"'), /epochs is missing/],
  ]),
  json("checked manifest.json", RECORD, [
    ["with another time", edited('"seconds": ', '"seconds": 1'), CHANGED],
    ["with another hash", edited(/": "[0-9a-f]{4}/, '": "0000'), CHANGED],
  ]),
  json("dataset-000.json", RECORD, [
    [
      "with another number",
      edited('"dataset": 0', '"dataset": 1'),
      /must be 0/,
    ],
    ["with another digit", edited("0.25", "0.26"), READ],
  ]),
  json("checked dataset-000.json", RECORD, [
    ["with another digit", edited("0.25", "0.26"), CHANGED],
    ["with another time", edited("12", "13"), CHANGED],
  ]),
  {
    reader: "SHA256SUMS",
    rows: [
      ["cut short", cutShort(), /SHA256SUMS was changed after it was written/],
      ["empty", empty, /SHA256SUMS was changed after it was written/],
      ["of a foreign format", foreign, /SHA256SUMS was changed/],
      ["with another hash", flipped(0), /tune\.json was changed|SUMS was/],
      [
        "with another digit in chosen.json",
        beside("chosen.json", edited("5", "6")),
        /chosen\.json was changed .*: its hash is not that in SHA256SUMS /,
      ],
      [
        "with another byte in tune.json",
        beside("tune.json", edited("\n", " ")),
        /tune\.json was changed .*: its hash is not that in SHA256SUMS /,
      ],
      ...always(undefined, undefined, READ),
    ],
  },
];
