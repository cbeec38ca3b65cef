// A signature as the short text in which it is signed: "300 120 M12 34 3 -2 4 0", see conduct/base/strokes.py.
const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 300;
const LONGEST = 3800;

/** What the pad's strokes() gave, as text: scaled to one width, without points that hardly move, without time and pressure. */
export function packed({ width, height, strokes }, least = 2) {
  const scale = WIDTH / width;
  const parts = strokes.map((stroke) => {
    let at = null;
    const said = [];
    for (const point of stroke) {
      const [x, y] = point.slice(0, 2).map((number) => Math.max(0, Math.round(number * scale)));
      if (at && Math.abs(x - at[0]) + Math.abs(y - at[1]) < least) continue;
      said.push(at ? `${x - at[0]} ${y - at[1]}` : `M${x} ${y}`);
      at = [x, y];
    }
    return said.length > 1 ? said.join(" ") : `${said[0]} 0 0`;
  });
  const text = [WIDTH, Math.round(height * scale), ...parts].join(" ");
  return text.length > LONGEST && least < 64 ? packed({ width, height, strokes }, least * 2) : text;
}

/** Such a text as a picture. */
export function picture(text) {
  const [size, ...strokes] = text.split(" M");
  const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", `0 0 ${size}`);
  svg.setAttribute("class", "ink");
  path.setAttribute("d", strokes.map((stroke) => `M${stroke.split(" ", 2).join(" ")}l${stroke.split(" ").slice(2).join(" ")}`).join(""));
  svg.append(path);
  return svg;
}
