// The signature: our own points are the truth, the pixels only their picture.
import SignaturePad from "signature_pad";

export class SignaturePart {
  constructor(canvas) {
    this.canvas = canvas;
    this.pad = new SignaturePad(canvas, { throttle: 0, minDistance: 0, penColor: "#101828" });
    this.pad.addEventListener("beginStroke", () => canvas.parentElement.classList.add("signed"));
    window.addEventListener("resize", () => this.fit());
  }

  /** Make the canvas as large as its place; a resize wipes the pixels, so draw the points again, scaled. */
  fit() {
    const ratio = Math.max(window.devicePixelRatio || 1, 1);
    const { width, height } = this.canvas.getBoundingClientRect();
    if (!width) return;
    const data = this.pad.toData();
    const scale = this.width ? width / this.width : 1;
    this.width = width;
    this.height = height;
    this.canvas.width = width * ratio;
    this.canvas.height = height * ratio;
    this.canvas.getContext("2d").scale(ratio, ratio);
    this.pad.clear();
    for (const stroke of data) for (const point of stroke.points) Object.assign(point, { x: point.x * scale, y: point.y * scale });
    this.pad.fromData(data);
  }

  undo() {
    const data = this.pad.toData();
    data.pop();
    this.pad.fromData(data);
    if (!data.length) this.canvas.parentElement.classList.remove("signed");
  }

  clear() {
    this.pad.clear();
    this.canvas.parentElement.classList.remove("signed");
  }

  /** {width, height, strokes: [[[x, y, t, pressure]]]} in whole numbers: px, ms since the first point, 0 to 1000. */
  strokes() {
    const data = this.pad.toData();
    const first = data[0]?.points[0]?.time ?? 0;
    return {
      width: Math.round(this.width), height: Math.round(this.height),
      strokes: data.map(({ points }) => points.map(({ x, y, time, pressure }) => [
        Math.round(x), Math.round(y), Math.round(time - first), Math.round((pressure ?? 0.5) * 1000),
      ])),
    };
  }
}
