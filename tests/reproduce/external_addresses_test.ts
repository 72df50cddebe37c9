import assert from "node:assert/strict";
import { externalAddresses } from "../../lib/reproduce/external_addresses.ts";

Deno.test("externalAddresses() finds everything that a browser would load", () => {
  const page = `<!DOCTYPE html>
<link rel="stylesheet" href="https://cdn.example/a.css">
<script src='//cdn.example/b.js'></script>
<script type="module">import("https://cdn.example/c.js");</script>
<style>@import "https://fonts.example/d.css";
  @font-face { src: url(https://fonts.example/e.woff) }</style>
<img src=figures/f.svg><img srcset="g.png 1x, https://cdn.example/h.png 2x">
<p style="background: url('http://cdn.example/i.png')">text</p>
<svg><image xlink:href="http://cdn.example/j.png"/></svg>
<IMG alt="a > b" SRC="http://cdn.example/k.png">`;
  const found = externalAddresses(page).map((address) =>
    address.split("/").at(-1)
  );
  assert.deepEqual(
    found.sort(),
    "a.css b.js c.js d.css e.woff f.svg g.png h.png i.png j.png k.png"
      .split(" "),
  );
});

Deno.test("externalAddresses() ignores links, data URLs, fragments and namespaces", () => {
  const page = `<!-- <img src="https://cdn.example/a.png"> -->
<link rel="icon" href="data:,"><a href="https://arxiv.org/abs/1906.02629">a</a>
<img src="data:image/png;base64,AAAA"><p>src="https://example.org"</p>
<svg xmlns="http://www.w3.org/2000/svg"><use href="#mark"/>
<script>document.createElementNS("http://www.w3.org/2000/svg", "g")</script>
<g clip-path="url(#clip)" style="fill: url(#gradient)"/></svg>`;
  assert.deepEqual(externalAddresses(page), []);
});

Deno.test("externalAddresses() parses a page as a browser does", () => {
  const page = `<p title="<img src='https://cdn.example/a.png'>">text</p>
<img src="https://cdn.example/b.png?x=1&amp;y=2">
<textarea><img src="https://cdn.example/c.png"></textarea>
<IMG
  SRCSET='https://cdn.example/e.png 1x'>`;
  assert.deepEqual(externalAddresses(page), [
    "https://cdn.example/b.png?x=1&y=2",
    "https://cdn.example/e.png",
  ]);
});
