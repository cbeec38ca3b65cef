// The repair board: a card dropped on a quadrant, or its button pressed, opens the same form in a dialog.
const board = document.getElementById("repair-board");
const dialog = document.getElementById("sort-dialog");
const place = dialog.querySelector("[data-form]");
let dragged = null;

async function ask(link, quadrant) {
  const address = new URL(link.href);
  if (quadrant) address.searchParams.set("quadrant", quadrant);
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected) { location.assign(address); return; }
  place.innerHTML = await answer.text();
  dialog.showModal();
  const reason = quadrant && place.querySelector("[name=reason]");
  (reason || place.querySelector("[name=quadrant]:checked") || place.querySelector("[name=quadrant]"))?.focus();
}

board.addEventListener("click", (event) => {
  const link = event.target.closest("[data-sort]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  ask(link);
});
dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());

board.addEventListener("dragstart", (event) => {
  dragged = event.target.closest(".ticket-card");
  if (!dragged) return;
  event.dataTransfer.setData("text/plain", dragged.dataset.number);
  event.dataTransfer.effectAllowed = "move";
  dragged.classList.add("dragged");
});
board.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  for (const quadrant of board.querySelectorAll(".quadrant.over")) quadrant.classList.remove("over");
  dragged = null;
});
board.addEventListener("dragover", (event) => {
  const quadrant = event.target.closest(".quadrant");
  for (const other of board.querySelectorAll(".quadrant.over")) if (other !== quadrant) other.classList.remove("over");
  if (!quadrant || !dragged) return;
  event.preventDefault();
  quadrant.classList.add("over");
});
board.addEventListener("drop", (event) => {
  const quadrant = event.target.closest(".quadrant");
  if (!quadrant || !dragged) return;
  event.preventDefault();
  if (quadrant.dataset.quadrant !== dragged.dataset.quadrant) ask(dragged.querySelector("[data-sort]"), quadrant.dataset.quadrant);
});
