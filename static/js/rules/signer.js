// Is a package complete: who signs, with what? The twin of visits/signoff/forms.py and strokes.py, held to them by shared vectors.
import { normal } from "./fields.js";
import { say } from "./say.js";

const TELEPHONE = /^[0-9+()\- 转]{5,40}$/;
const LONGEST = { signer_name: 80, signer_position: 80, comment: 2000, typed_name: 80, refusal_reason: 2000, no_stamp_reason: 200 };
const MAX_POINTS = 20000;
const SHORTEST = 40;

/** {values, errors}: the signer's part of a package, cleaned, and {field: [sentence]}. An answer has nothing to rate or to stamp. */
export function cleanSigner(sent, { isAnswer = false } = {}) {
  const isRefusal = sent.kind === "refused";
  const values = { ...sent }, errors = {};
  const wrong = (name, sentence) => (errors[name] = [sentence]);
  for (const [name, value] of Object.entries(values)) if (typeof value === "string") values[name] = normal(value);
  values.satisfaction = values.satisfaction ? Number(values.satisfaction) : null;
  if (isRefusal) Object.assign(values, { strokes: null, typed_name: "", stamp: "", no_stamp_reason: "" });
  else values.refusal_reason = "";
  for (const [name, longest] of Object.entries(LONGEST)) {
    const length = [...(values[name] ?? "")].length;
    if (length > longest) wrong(name, say("At most %(max)d characters; this has %(length)d.", { max: longest, length }));
  }
  for (const name of ["signer_name", ...(isRefusal ? [] : ["signer_position", "signer_telephone"])]) if (!values[name]) wrong(name, say("This is needed."));
  if (values.signer_telephone && !TELEPHONE.test(values.signer_telephone)) {
    wrong("signer_telephone", say("A telephone number has digits, spaces, +, - and brackets only."));
  }
  if (isRefusal) {
    if (!values.refusal_reason) wrong("refusal_reason", say("Please say why, in a few words."));
    return { values, errors };
  }
  if (!isAnswer && !values.satisfaction) wrong("satisfaction", say("Please choose one."));
  if (!isAnswer && !values.stamp && !values.no_stamp_reason) wrong("no_stamp_reason", say("Add the stamp's picture, or say why there is none."));
  if (values.typed_name) values.strokes = null;
  else checkStrokes(values.strokes?.strokes ?? [], wrong);
  return { values, errors };
}

function checkStrokes(strokes, wrong) {
  const points = strokes.reduce((sum, stroke) => sum + stroke.length, 0);
  if (points > MAX_POINTS) wrong("strokes", say("The signature has too many points. Please sign again."));
  else if (lengthOf(strokes) < SHORTEST) wrong("strokes", say("Please sign with your name; a dot is not enough."));
}

/** How far the pen went, in pixels. */
export function lengthOf(strokes) {
  return strokes.reduce((sum, stroke) => sum + stroke.slice(1).reduce((far, point, place) => (
    far + Math.hypot(point[0] - stroke[place][0], point[1] - stroke[place][1])), 0), 0);
}
