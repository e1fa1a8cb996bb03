/** Billing schedules, evaluated exactly. Schedules are compiled once; events go in as objects, or as text with one JSON object a
 * line; lines come out as objects whose amounts are decimal texts, never numbers. What is wrong with a case withholds the case: it
 * is an entry of `withheld`, and nothing is thrown. */

/** A call that cannot be answered. */
export class JalonError extends Error {
  constructor(message) {
    super(message);
    this.name = "JalonError";
  }
}

/** Schedules that cannot be used: `findings` says what is wrong, and where. */
export class ScheduleError extends JalonError {
  constructor(message, findings) {
    super(message);
    this.name = "ScheduleError";
    this.findings = findings;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });
const objects = (text) => (text === "" ? [] : text.slice(0, -1).split("\n").map((line) => JSON.parse(line)));

/** Events as UTF-8. What JSON has no form for becomes a list, which no field of an event takes: its case is withheld, with a
 * message that names it. */
function eventBytes(events) {
  if (typeof events === "string") return encoder.encode(events);
  if (events instanceof Uint8Array) return events;
  if (events === null || events === undefined || typeof events[Symbol.iterator] !== "function")
    throw new TypeError("events are a text, bytes, or objects one after the other");
  let text = "";
  for (const event of events) text += line(event) + "\n";
  return encoder.encode(text);
}

function line(event) {
  if (event === null || typeof event !== "object" || Array.isArray(event)) return '["no event"]';
  try {
    return JSON.stringify(event, value) ?? '["no event"]';
  } catch {
    // A circle, for instance: its case, or its invoice, is kept where that can be told.
    const text = (field) => (typeof event[field] === "string" ? event[field] : undefined);
    return JSON.stringify({ case: text("case") ?? ["no text"], invoice_id: text("invoice_id"), date: ["a value without JSON"] });
  }
}

function value(_key, given) {
  switch (typeof given) {
    case "number":
      return Number.isFinite(given) ? given : [String(given)];
    case "bigint":
      return String(given);
    case "undefined":
      return null;
    case "function":
    case "symbol":
      return [`a ${typeof given}`];
    default:
      return given;
  }
}

/** What cases come to. */
export class Answer {
  #given;
  constructor(given) {
    this.#given = given;
  }
  /** How many cases are billed, if only with nothing. */
  get billed() {
    return this.#given.billed;
  }
  /** How many cases are withheld. */
  get held() {
    return this.#given.held;
  }
  /** Invoice lines; amounts, quantities and prices are decimal texts. */
  get lines() {
    return objects(this.#given.lines);
  }
  /** Invoices, where they were asked for. */
  get invoices() {
    return objects(this.#given.invoices);
  }
  /** Withheld cases. */
  get withheld() {
    return objects(this.#given.withheld);
  }
  /** Notices, where they were asked for. */
  get notices() {
    return objects(this.#given.notices);
  }
  /** The lines as text, one JSON object a line. */
  get linesNdjson() {
    return this.#given.lines;
  }
}

/** A library that is loaded: an instance of WebAssembly, and another where a failure of the program has ended it. */
export class Jalon {
  #module;
  #instance;
  /** How many instances there have been: what was made in one is not known in another. */
  generation = 0;

  constructor(module) {
    this.#module = module;
    this.#begin();
  }

  /** Loads the library: from the package's own file, or from a module or bytes that the caller has. */
  static async load(source) {
    if (source === undefined) {
      const { readFile } = await import("node:fs/promises");
      source = await readFile(new URL("./jalon.wasm", import.meta.url));
    }
    return new Jalon(source instanceof WebAssembly.Module ? source : await WebAssembly.compile(source));
  }

  #begin() {
    this.#instance = new WebAssembly.Instance(this.#module, {});
    this.generation += 1;
  }

  /** Calls a function with numbers and bytes: not for hosts. */
  call(name, ...parts) {
    const { exports } = this.#instance;
    try {
      const room = [];
      const args = parts.flatMap((part) => {
        if (!(part instanceof Uint8Array)) return [part];
        const pointer = exports.alloc(part.length);
        new Uint8Array(exports.memory.buffer).set(part, pointer);
        room.push([pointer, part.length]);
        return [pointer, part.length];
      });
      const pointer = exports[name](...args) >>> 0;
      for (const [pointer, length] of room) exports.dealloc(pointer, length);
      if (pointer === 0) return undefined;
      const length = new DataView(exports.memory.buffer).getUint32(pointer, true);
      const told = JSON.parse(decoder.decode(new Uint8Array(exports.memory.buffer, pointer + 4, length)));
      exports.dealloc(pointer, length + 4);
      if (told.error === undefined) return told.ok;
      const { message, findings } = told.error;
      throw findings === undefined ? new JalonError(message) : new ScheduleError(message, findings);
    } catch (error) {
      if (error instanceof JalonError) throw error;
      // A trap, or no memory left: this instance is not to be used again.
      this.#begin();
      throw new JalonError(`the program failed on this call (${error.message}); please report this`);
    }
  }

  /** Compiles a schedule file, or several as an object of names and texts. */
  compile(source, { name = "schedule.jalon", lang = null } = {}) {
    const files = typeof source === "string" ? { [name]: source } : source;
    if (files === null || typeof files !== "object") throw new TypeError("a schedule is a text");
    for (const text of Object.values(files)) if (typeof text !== "string") throw new TypeError("a schedule is a text");
    return new Schedules(this, Object.entries(files), lang);
  }
}

function asked({ asOf, invoices = false, notices = false, skipUnreadable = false }) {
  const options = { as_of: String(asOf), invoices: !!invoices, notices: !!notices, skip_unreadable: !!skipUnreadable };
  return encoder.encode(JSON.stringify(options));
}

/** Sound schedules. */
export class Schedules {
  #jalon;
  #request;
  #number;
  #generation;

  constructor(jalon, files, lang) {
    this.#jalon = jalon;
    this.#request = encoder.encode(JSON.stringify({ files, lang }));
    const { list, warnings } = this.#compile();
    this.schedules = list;
    this.warnings = warnings;
  }

  #compile() {
    const given = this.#jalon.call("compile", this.#request);
    this.#generation = this.#jalon.generation;
    this.#number = given.schedules;
    return given;
  }

  /** Their number in the instance that there is; in a new one they are compiled anew. */
  #current() {
    if (this.#generation !== this.#jalon.generation) this.#compile();
    return this.#number;
  }

  /** Proves them over every case that can come: the document of `jalon verify --format json`. */
  verify() {
    return this.#jalon.call("verify", this.#current());
  }

  #invoices(list, invoices, events, { asOf, done, since }) {
    const asked = { list, as_of: String(asOf), done: done !== undefined && done !== null, since: since ?? null };
    const given = [invoices, events, asked.done ? done : ""].map(eventBytes);
    return this.#jalon.call("invoices", this.#current(), encoder.encode(JSON.stringify(asked)), ...given);
  }

  /** The steps of follow-ups that fired. Invoices and what happened to them are objects, or a text of one JSON object a line or of
   * CSV; amounts are decimal texts, no numbers. A line that names no invoice is an error. */
  follow(invoices, events, options) {
    return this.#invoices("follow", invoices, events, options);
  }

  /** What is unpaid. */
  unpaid(invoices, events, options) {
    return this.#invoices("unpaid", invoices, events, options);
  }

  /** The journal. */
  journal(invoices, events, options) {
    return this.#invoices("journal", invoices, events, options);
  }

  /** What was done and never billed, of the events of cases and, where they are given, of the lines that have been issued. */
  leaks(events, options) {
    const issued = options.issued ?? undefined;
    const given = eventBytes(issued === undefined ? "" : issued);
    return this.#jalon.call("leaks", this.#current(), asked(options), eventBytes(events), issued === undefined ? 0 : 1, given);
  }

  /** How each line of the cases came about and why the others did not, of one case or of all: the document of `jalon explain
   * --format json`, whose places name the file `events`, and in `withheld` the lines that could belong to any case. */
  explain(events, options) {
    const one = options.case ?? undefined;
    if (one !== undefined && typeof one !== "string") throw new TypeError("the name of a case is a text");
    const name = encoder.encode(one ?? "");
    return this.#jalon.call("explain", this.#current(), asked(options), eventBytes(events), one === undefined ? 0 : 1, name);
  }

  /** Bills the cases of events, which may come in any order. */
  evaluate(events, options) {
    const bytes = eventBytes(events);
    return new Answer(this.#jalon.call("evaluate", this.#current(), asked(options), bytes));
  }

  /** A session: cases that come batch by batch, the events of each case together. */
  session(options) {
    const number = this.#jalon.call("session", this.#current(), asked(options));
    return new Session(this.#jalon, number);
  }

  /** Gives their memory back; they are compiled anew where they are used again. */
  free() {
    if (this.#generation === this.#jalon.generation) this.#jalon.call("forget", this.#number);
    this.#generation = 0;
  }
}

/** Cases that come batch by batch. */
export class Session {
  #jalon;
  #number;
  #generation;

  constructor(jalon, number) {
    this.#jalon = jalon;
    this.#number = number;
    this.#generation = jalon.generation;
  }

  #call(name, ...parts) {
    if (this.#generation !== this.#jalon.generation)
      throw new JalonError("this session has ended: it was freed, or a failure of the program ended it, and then nothing that it gave is to be used");
    return this.#jalon.call(name, this.#number, ...parts);
  }

  /** Takes a batch. */
  feed(events) {
    this.#call("feed", eventBytes(events));
  }

  /** What finished cases come to, since the last time. */
  take() {
    return new Answer(this.#call("take"));
  }

  /** Bills what is left; the session can then begin anew. */
  finish() {
    return new Answer(this.#call("finish"));
  }

  /** Gives its memory back. */
  free() {
    if (this.#generation === this.#jalon.generation) this.#jalon.call("forget", this.#number);
    this.#generation = 0;
  }
}
