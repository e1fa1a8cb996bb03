// A case as a picture: its moments from top to bottom, with what each bills. The same stands beside it as a table.
import type { Lang } from "./words";

export interface Mark {
  day: string;
  says: string;
  /** Amounts with their labels. */
  billed: string[];
}

const SVG = "http://www.w3.org/2000/svg";

function draw(name: string, attributes: Record<string, string | number>, text?: string): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

/** Words in lines of at most so many characters; a longer word is cut. */
function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/[ \n\t]+/).flatMap((word) => word.match(new RegExp(`.{1,${most}}`, "gu")) ?? [])) {
    if (line && line.length + 1 + word.length > most) {
      lines.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return line ? [...lines, line] : lines;
}

let drawn = 0;

/** The picture of marks, so many pixels wide. */
export function timeline(marks: Mark[], title: string, lang: Lang, width: number): SVGElement {
  drawn += 1;
  const [x, text, row, gap] = [10, 30, 19, 14];
  // A character is some 7.6 units wide at most in this size.
  const most = Math.max(12, Math.floor((width - text - 4) / 7.6));
  const whole = draw("svg", { role: "img", "aria-labelledby": `timeline-${drawn} timeline-text-${drawn}`, lang });
  whole.append(draw("title", { id: `timeline-${drawn}` }, title));
  const said = marks.map((mark) => [`${mark.day} ${mark.says}`, ...mark.billed].join(", ")).join("; ");
  whole.append(draw("desc", { id: `timeline-text-${drawn}` }, said));
  const rest = draw("g", {});
  let y = 16;
  const dots: SVGElement[] = [];
  for (const mark of marks) {
    const bills = mark.billed.length > 0;
    dots.push(draw("circle", { cx: x, cy: y - 5, r: bills ? 7 : 4.5, class: bills ? "bills" : "happens" }));
    rest.append(draw("text", { x: text, y, class: "day" }, mark.day));
    for (const line of wrapped(mark.says, most)) rest.append(draw("text", { x: text, y: (y += row) }, line));
    for (const line of mark.billed.flatMap((each) => wrapped(each, most))) {
      rest.append(draw("text", { x: text, y: (y += row), class: "amount" }, line));
    }
    y += row + gap;
  }
  const height = Math.max(y - gap, 10);
  const axis = draw("line", { x1: x, y1: 6, x2: x, y2: height - row, class: "axis" });
  whole.setAttribute("viewBox", `0 0 ${width} ${height}`);
  whole.setAttribute("width", String(width));
  whole.setAttribute("height", String(height));
  whole.append(axis, ...dots, rest);
  return whole;
}
