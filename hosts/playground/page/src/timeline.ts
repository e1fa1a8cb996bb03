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

const pen = document.createElement("canvas").getContext("2d");

/** How wide a text is in the letters of the picture, whose style is `.timeline svg`. */
function width(text: string, weight: number): number {
  const letter = 0.875 * parseFloat(getComputedStyle(document.documentElement).fontSize);
  if (!pen) return text.length * letter;
  pen.font = `${weight} ${letter}px system-ui, sans-serif`;
  return pen.measureText(text).width;
}

/** A word in parts of at most this width. */
function parts(word: string, most: number, weight: number): string[] {
  if (width(word, weight) <= most) return [word];
  return joined([...word], "", most, weight);
}

/** Pieces, with what stands between them, in lines of at most this width. */
function joined(pieces: string[], between: string, most: number, weight: number): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const longer = [lines.at(-1), piece].filter(Boolean).join(between);
    if (lines.length === 0 || width(longer, weight) > most) lines.push(piece);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** Words in lines of at most this width; a longer word is cut. */
function wrapped(text: string, most: number, weight: number): string[] {
  const words = text.split(/[ \n\t]+/).filter(Boolean);
  return joined(words.flatMap((word) => parts(word, most, weight)), " ", most, weight);
}

let drawn = 0;

/** The picture of marks, so many pixels wide. */
export function timeline(marks: Mark[], title: string, lang: Lang, room: number): SVGElement {
  drawn += 1;
  const [x, text, row, gap] = [10, 30, 19, 14];
  const most = room - text - 4;
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
    for (const line of wrapped(mark.says, most, 400)) rest.append(draw("text", { x: text, y: (y += row) }, line));
    for (const line of mark.billed.flatMap((each) => wrapped(each, most, 600))) {
      rest.append(draw("text", { x: text, y: (y += row), class: "amount" }, line));
    }
    y += row + gap;
  }
  const height = Math.max(y - gap, 10);
  const axis = draw("line", { x1: x, y1: 6, x2: x, y2: height - row, class: "axis" });
  whole.setAttribute("viewBox", `0 0 ${room} ${height}`);
  whole.setAttribute("width", String(room));
  whole.setAttribute("height", String(height));
  whole.append(axis, ...dots, rest);
  return whole;
}
