// Forms of the store: more lines, and signatures that are drawn. Without this script the names are the signatures.
import { SignaturePart } from "./signoff/pad.js";

const rows = document.querySelector("form[data-lines]");
if (rows) {
  const total = rows.querySelector("[name$=-TOTAL_FORMS]");
  const most = Number(rows.querySelector("[name$=-MAX_NUM_FORMS]").value);
  const add = document.getElementById("add-line");
  add.hidden = false;
  add.onclick = () => {
    const html = document.getElementById("empty-line").innerHTML.replaceAll("__prefix__", total.value);
    const place = document.getElementById("lines");
    place.insertAdjacentHTML("beforeend", html);
    total.value = Number(total.value) + 1;
    place.lastElementChild.querySelector("input").focus();
    add.hidden = Number(total.value) >= most;
  };
}

const form = document.getElementById("slip-form");
if (form) {
  const pads = [...form.querySelectorAll(".slip-pad")].map((box) => {
    box.hidden = false;
    const pad = new SignaturePart(box.querySelector("canvas"));
    pad.fit();
    const clear = form.querySelector(`[data-clear="${box.dataset.for}"]`);
    clear.hidden = false;
    clear.onclick = () => { pad.clear(); document.getElementById(box.dataset.for).value = ""; };
    return { pad, field: document.getElementById(box.dataset.for) };
  });
  // A signature that came back with a refused form stays as it was, unless it is drawn anew.
  form.addEventListener("submit", () => {
    for (const { pad, field } of pads) if (pad.strokes().strokes.length) field.value = JSON.stringify(pad.strokes());
  });
}

const print = document.getElementById("print");
if (print) {
  print.hidden = false;
  print.onclick = () => window.print();
}
