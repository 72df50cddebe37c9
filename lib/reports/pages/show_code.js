// Opens or closes the code of all cells. The page is complete without it.
(() => {
  const button = document.querySelector(".show-code");
  const cells = [...document.querySelectorAll("details.code")];
  if (button === null || cells.length === 0) return;
  const update = () => {
    const some = cells.some(({ open }) => !open);
    button.textContent = some ? "show all code" : "hide all code";
    return some;
  };
  button.addEventListener("click", () => {
    const open = update();
    for (const cell of cells) cell.open = open;
    update();
  });
  for (const cell of cells) cell.addEventListener("toggle", update);
  button.hidden = false;
  update();
})();
