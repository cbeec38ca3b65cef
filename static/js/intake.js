// Arrow keys walk from the field through what was found and back; links and form work without this.
const field = document.getElementById("find");
const found = () => [...document.querySelectorAll("#found a.list-group-item")];

document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const places = [field, ...found()];
  const here = places.indexOf(document.activeElement);
  if (here < 0) return;
  event.preventDefault();
  places[Math.min(Math.max(here + (event.key === "ArrowDown" ? 1 : -1), 0), places.length - 1)].focus();
});
