// The menu on top of every page, with Bootstrap's markup and styles: lists that drop down, and the whole menu behind one button on a small screen.
const TOGGLE = '[data-bs-toggle="dropdown"]';
const menuOf = (toggle) => toggle.parentElement.querySelector(".dropdown-menu");

function show(toggle, isShown) {
  toggle.setAttribute("aria-expanded", String(isShown));
  toggle.classList.toggle("show", isShown);
  const menu = menuOf(toggle);
  menu.dataset.bsPopper = "static"; // Bootstrap's styles put it below its button
  menu.classList.toggle("show", isShown);
}

function closeAll(but = null) {
  for (const toggle of document.querySelectorAll(`${TOGGLE}.show`)) if (toggle !== but) show(toggle, false);
}

function press(toggle) {
  closeAll(toggle);
  show(toggle, !toggle.classList.contains("show"));
}

function unfold(button) {
  const isShown = document.querySelector(button.dataset.bsTarget).classList.toggle("show");
  button.setAttribute("aria-expanded", String(isShown));
}

document.addEventListener("click", (event) => {
  const toggle = event.target.closest(TOGGLE), button = event.target.closest('[data-bs-toggle="collapse"]');
  if (button) return unfold(button);
  if (!toggle) return closeAll();
  event.preventDefault();
  press(toggle);
});

// Whoever tabs out of an open list has left it.
document.addEventListener("focusin", ({ target }) => {
  const within = target.closest(".dropdown");
  closeAll(within?.querySelector(TOGGLE));
});

/** Space presses, the arrows walk, Escape closes and goes back to the button. */
document.addEventListener("keydown", (event) => {
  const toggle = event.target.closest(".dropdown")?.querySelector(TOGGLE);
  if (!toggle) return;
  const items = [...menuOf(toggle).querySelectorAll(".dropdown-item")], place = items.indexOf(event.target);
  const keys = {
    " ": () => event.target === toggle && (press(toggle), true),
    Escape: () => toggle.classList.contains("show") && (show(toggle, false), toggle.focus(), true),
    ArrowDown: () => (show(toggle, true), items[Math.min(place + 1, items.length - 1)].focus(), true),
    ArrowUp: () => (show(toggle, true), items[place < 0 ? items.length - 1 : Math.max(place - 1, 0)].focus(), true),
  };
  if (keys[event.key]?.()) event.preventDefault();
});
