// Sorting of tables, copying of text, printing of folded parts. The page is complete
// without it.
(() => {
  const number = (text) => {
    const found = /^[<(]?\s*([−+-]?[\d,]*\.?\d+)/.exec(text.trim());
    return found
      ? Number(found[1].replaceAll(",", "").replace("−", "-"))
      : undefined;
  };

  const compare = (a, b) => {
    const [x, y] = [number(a), number(b)];
    if (x !== undefined && y !== undefined) return x - y;
    if (x !== undefined || y !== undefined) return x === undefined ? 1 : -1;
    return a.localeCompare(b, "en");
  };

  const sort = (table, column, head) => {
    const body = table.tBodies[0];
    const down = head.getAttribute("aria-sort") === "ascending";
    const text = (row) => row.cells[column].textContent;
    const rows = [...body.rows].sort((a, b) => compare(text(a), text(b)));
    body.append(...(down ? rows.reverse() : rows));
    for (const other of table.tHead.rows[0].cells) {
      other.removeAttribute("aria-sort");
    }
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, column, head));
      head.append(button);
    });
  }

  for (const block of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      const text = block.querySelector("pre").textContent;
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(block.querySelector("pre"));
        button.textContent = "Selected";
      }
      setTimeout(() => button.textContent = "Copy", 2000);
    });
    block.append(button);
  }

  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
})();
