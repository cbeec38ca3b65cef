// The engineer's own signature, drawn like a customer's.
import { SignaturePart } from "./signoff/pad.js";

const form = document.getElementById("specimen");
const part = new SignaturePart(document.getElementById("pad"));
part.fit();
document.getElementById("clear").addEventListener("click", () => part.clear());
form.addEventListener("submit", () => { form.elements.strokes.value = JSON.stringify(part.strokes()); });
