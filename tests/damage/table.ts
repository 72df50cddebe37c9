/** The kinds of damage: a row for each, with the message that must name it. */
import { CHECKED_KINDS } from "./checked_kinds.ts";
import {
  cutShort,
  danglingLink,
  edited,
  empty,
  flipped,
  folder,
  foreign,
  hugeZip,
  numberAt,
  sparse,
} from "./damages.ts";
import {
  ABSENT,
  always,
  ARRAYS,
  CUT,
  EMPTY,
  IN_FOLDER,
  json,
  type Kind,
  READ,
  RECORD,
  TEXT,
} from "./kinds.ts";

const NO_TENSORS = /: it is not a safetensors file$/;
const NO_CHECKPOINT =
  /: it is not a safetensors file; to start over, remove \S+$/;
const NO_MAT = /: it is not a little-endian MAT-file of version 5$/;
const GUNZIP = /as it is damaged: (unexpected end of file|incorrect)/;
const NO_TEXT = /: it must be text in UTF-8, or in UTF-16 with /;
const BOTH = /: it must be one of \.npy, \.npz, /;

/** All kinds of files. */
export const KINDS: readonly Kind[] = [
  ...CHECKED_KINDS,
  {
    reader: "npy",
    like: /'<f4', 'fortran_order': False, 'shape': \(3, 4\)/,
    rows: [
      ["cut short", cutShort(0.9), /cut short, with \d+ bytes of data, but/],
      ["empty", empty, EMPTY],
      ["of a foreign format", foreign, /: it is not a \.npy file$/],
      ["of another version", numberAt(6, 9), /version 9\.0 but must be 1\.0/],
      ["with a flipped bit", flipped(20), /its header is damaged, /],
      [
        "huge by its header",
        edited(/\(3, 4\), \} {3}/, "(3, 4444), }"),
        /needs 53328$/,
      ],
      ...ARRAYS,
    ],
  },
  {
    reader: "npz",
    rows: [
      ["cut short", cutShort(), /a damaged archive, it has no directory$/],
      ["empty", empty, EMPTY],
      ["of a foreign format", foreign, /: it is not a \.npy file$/],
      ["with a flipped bit", flipped(120), /it is damaged|is cut short/],
      ["huge by its directory", hugeZip, /a damaged archive, .* bytes$/],
      ...ARRAYS,
    ],
  },
  {
    reader: "csv",
    like: /^[\w,]*label/,
    rows: [
      ["cut short", cutShort(0.61), /line \d+ has \d+ cells, but/],
      ["empty", empty, EMPTY],
      ["of a foreign format", foreign, NO_TEXT],
      ["with an open quote", edited(",", ',"'), /a quote that is not closed$/],
      ...ARRAYS,
    ],
  },
  {
    reader: "safetensors",
    rows: [
      ["cut short", cutShort(0.97), /is cut short or has a wrong shape$/],
      ["empty", empty, NO_TENSORS],
      ["of a foreign format", foreign, NO_TENSORS],
      ["with a flipped bit", flipped(9), /header: it is not JSON/],
      ["huge by its header", numberAt(4, 1), NO_TENSORS],
      ...ARRAYS,
    ],
  },
  {
    reader: "parquet",
    rows: [
      ["cut short", cutShort(), CUT],
      ["empty", empty, EMPTY],
      ["of a foreign format", foreign, BOTH],
      ["with a flipped bit", flipped(-5), /damaged$/],
      ...ARRAYS,
    ],
  },
  {
    reader: "mat",
    rows: [
      ["cut short", cutShort(), CUT],
      ["empty", empty, NO_MAT],
      ["of a foreign format", foreign, NO_MAT],
      ["of another version", numberAt(125, 2), NO_MAT],
      ["huge by its header", numberAt(135, 64), CUT],
      ...ARRAYS,
    ],
  },
  {
    reader: "idx",
    rows: [
      ["cut short", cutShort(), /needs 76 bytes, but it has 45$/],
      ["empty", empty, /: it has only 0 bytes$/],
      ["of a foreign format", foreign, /start with bytes 00 00 08/],
      ["with a flipped bit", flipped(7), /shape \[2, 4, 5\] needs 56 bytes/],
      ["huge by its header", numberAt(4, 255), /needs 85563\d+ bytes/],
      ...ARRAYS,
    ],
  },
  {
    reader: "idx.gz",
    rows: [
      ["cut short", cutShort(), GUNZIP],
      ["empty", empty, GUNZIP],
      ["of a foreign format", foreign, GUNZIP],
      ["with a flipped bit", flipped(-6), GUNZIP],
      ...ARRAYS,
    ],
  },
  {
    reader: "cifar.tar.gz",
    rows: [
      ["cut short", cutShort(), GUNZIP],
      ["empty", empty, GUNZIP],
      ["of a foreign format", foreign, GUNZIP],
      ["with a flipped bit", flipped(-6), GUNZIP],
      ...IN_FOLDER.filter(([name]) => !name.startsWith("gone")),
    ],
  },
  {
    reader: "tar",
    rows: [
      ["cut short", cutShort(), /: it is cut short( within bin\/.*)?$/],
      ["empty", empty, CUT],
      ["of a foreign format", foreign, CUT],
      ["with a flipped bit", flipped(0), /the checksum of a header is wrong$/],
      ...ARRAYS,
    ],
  },
  {
    reader: "png",
    rows: [
      ["cut short", cutShort(), /it is damaged/],
      ["empty", empty, EMPTY],
      ["of a foreign format", foreign, /neither PNG nor JPEG/],
      ["with a flipped bit", flipped(40), /it is damaged/],
      ...ARRAYS,
    ],
  },
  {
    reader: "jpeg",
    rows: [
      ["cut short", cutShort(), /it is damaged/],
      ["empty", empty, EMPTY],
      ["of a foreign format", foreign, /neither PNG nor JPEG/],
      ...ARRAYS,
    ],
  },
  {
    reader: "weights",
    rows: [
      ["cut short", cutShort(0.97), /is cut short or has a wrong shape$/],
      ["empty", empty, NO_TENSORS],
      ["of a foreign format", foreign, NO_TENSORS],
      [
        "with another type",
        edited('"F32"', '"I32"'),
        /is I32 but must be one of F64, F32, /,
      ],
      ...ARRAYS,
    ],
  },
  {
    reader: "checkpoint",
    rows: [
      [
        "cut short",
        cutShort(0.97),
        /is cut short or has a wrong shape; to start over, remove /,
      ],
      ["empty", empty, NO_CHECKPOINT],
      ["of a foreign format", foreign, NO_CHECKPOINT],
      [
        "with a flipped bit",
        flipped(-2),
        /\(wrong checksum\); to start over, remove \S+$/,
      ],
      ["with a changed text", edited("epoch", "spoch"), /wrong checksum/],
      ...always(undefined, undefined, ABSENT),
    ],
  },
  {
    reader: "weights.bin",
    rows: [
      ["cut short", cutShort(), /have 24 bytes, but model\.json needs 40$/],
      ["empty", empty, /have 0 bytes, but model\.json needs 40$/],
      ["of a foreign format", foreign, /have 400 bytes/],
      ...ARRAYS,
    ],
  },
  json("model.json", TEXT, [
    ["of another version", edited('"float32"', '"int32"'), /must be "float32"/],
    [
      "with a path outside",
      edited("weights.bin", "../a"),
      /without its folder/,
    ],
  ]),
  json("run.json", RECORD, [
    ["of another version", edited('"id"', '"schema": 9, "id"'), /schema/],
    ["with a changed key", edited('"epochs"', '"epoch"'), /epochs is missing/],
  ]),
  json("history.jsonl", TEXT, [
    ["with a changed key", edited('"seconds"', '"second"'), /line 1: seconds/],
  ]),
  json("manifest.json", RECORD, [
    ["with a changed key", edited('"runs"', '"run"'), /: runs is missing/],
  ]),
  json("notebook", TEXT, [
    [
      "of another version",
      edited('"nbformat": 4', '"nbformat": 9'),
      /nbformat/,
    ],
  ]),
  json("plan", TEXT, [
    ["of another version", edited('"schema": 1', '"schema": 7'), /must be 1/],
  ]),
  json("spec", TEXT, [
    ["with an unknown value", edited('"sgd"', '"sgg"'), /optimizer must be/],
  ]),
  json("tune.json", TEXT, [
    ["with a changed key", edited('"seed"', '"sed"'), /\[0\]\.seed is missing/],
  ]),
  json("calibration map", TEXT, [
    ["of another version", edited('"version": 1', '"version": 2'), /must be 1/],
  ]),
  json("headline", TEXT, []),
  json("explorer data", RECORD, []),
  {
    reader: "claim",
    rows: [
      ["cut short", cutShort(), READ],
      ["empty", empty, READ],
      ["of a foreign format", foreign, READ],
      ["a folder", folder, /claim-1: it is a folder$/],
      ["a dangling link", danglingLink, READ],
      ["huge", sparse(2 ** 33 + 1), READ],
    ],
  },
];
