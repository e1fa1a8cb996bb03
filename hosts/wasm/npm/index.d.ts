/** A finding about a schedule, as `jalon check --format json` has them. */
export interface Finding {
  file: string;
  severity: "error" | "warning";
  code: string;
  message: string;
  place: { line: number; column: number; end_line: number; end_column: number; start: number; end: number };
  label: string | null;
  others: unknown[];
  help: string | null;
  edit: unknown;
  example: string | null;
}

/** A schedule that is compiled. */
export interface Listed {
  name: string;
  in_force_from: string | null;
  currency: string;
  hash: string;
}

/** An invoice line: amounts, quantities and prices are decimal texts. */
export interface InvoiceLine {
  case: string;
  schedule: string;
  in_force_from?: string;
  date: string;
  invoice: number;
  kind: string;
  line: string;
  label: string;
  payer?: string;
  quantity?: string;
  unit_price?: string;
  amount: string;
  currency: string;
  vat_rate?: string;
  vat_exempt?: string;
  service_from?: string;
  service_to?: string;
  deducts?: string;
  credits?: string;
  trigger: { kind: string; date: string; name?: string; id?: string };
  id: string;
}

/** A withheld case; with `case: null` a line that could belong to any case. */
export interface Withheld {
  case: string | null;
  batch: number | null;
  line: number | null;
  column: number | null;
  message: string;
}

/** Events: a text or bytes of one JSON object a line, or objects. */
export type Events = string | Uint8Array | Iterable<Record<string, unknown>>;

export interface Options {
  /** The last day that counts, as YYYY-MM-DD. */
  asOf: string;
  /** Whether invoices are made of the lines. */
  invoices?: boolean;
  /** Whether notices are told. */
  notices?: boolean;
  /** Whether lines whose case cannot be read are left out; else nothing is billed. */
  skipUnreadable?: boolean;
}

/** Invoices, or what happened to them: objects, or a text or bytes of one JSON object a line or of CSV. */
export type Records = string | Uint8Array | Iterable<Record<string, unknown>>;

export interface FollowOptions {
  /** The last day that counts, as YYYY-MM-DD. */
  asOf: string;
  /** The steps that have really been done; without it every evening up to the last day is replayed. */
  done?: Records | null;
}

/** A list of invoices: `answer` is what the program writes with `--format json`. */
export interface Followed<T> {
  answer: T;
  withheld: { invoice_id: string; in: "invoices" | "events" | null; line: number | null; message: string }[];
  /** What came for invoices that are not known, one sentence for each. */
  unknown: string[];
  notices: string[];
}

/** A step that fired. */
export interface Step {
  invoice_id: string;
  number: string;
  case: string;
  payer: string;
  follow_up: string;
  step: string;
  day: string;
  open: string;
  currency: string;
  hands_over: boolean;
  time: number;
  id: string;
}

/** A case and a day of which not all shares are at zero. */
export interface Unpaid {
  case: string;
  date: string;
  currency: string;
  numbers: string[];
  customers: string[];
  groups: string[];
  payer_names: Record<string, string>;
  total: string;
  open: string;
  shares: Record<string, string>;
  age_days: number;
  states: string[];
  last_step: Record<string, { step: string; day: string }>;
  next_step: Record<string, { step: string; day: string }>;
  withheld: string[];
}

/** What was done and never billed, or billed and should not stand. */
export interface Leak {
  case: string;
  schedule: string;
  kind: string;
  since: string;
  amount: string | null;
  currency: string | null;
  line: string | null;
  event: string | null;
  near: string | null;
  id: string | null;
  says: string;
}

export class JalonError extends Error {}

export class ScheduleError extends JalonError {
  findings: Finding[];
}

export class Answer {
  private constructor();
  readonly billed: number;
  readonly held: number;
  readonly lines: InvoiceLine[];
  readonly invoices: Record<string, unknown>[];
  readonly withheld: Withheld[];
  readonly notices: Record<string, unknown>[];
  readonly linesNdjson: string;
}

export class Session {
  private constructor();
  feed(events: Events): void;
  take(): Answer;
  finish(): Answer;
  free(): void;
}

export class Schedules {
  private constructor();
  readonly schedules: Listed[];
  readonly warnings: Finding[];
  verify(): Record<string, unknown>;
  follow(invoices: Records, events: Records, options: FollowOptions & { since?: string | null }): Followed<Step[]>;
  unpaid(invoices: Records, events: Records, options: FollowOptions): Followed<Unpaid[]>;
  journal(invoices: Records, events: Records, options: FollowOptions): Followed<Record<string, unknown>>;
  leaks(
    events: Events,
    options: { asOf: string; issued?: Records | null; skipUnreadable?: boolean },
  ): { answer: Leak[]; withheld: Withheld[] };
  explain(
    events: Events,
    options: { asOf: string; case?: string | null; skipUnreadable?: boolean },
  ): { as_of: string; cases: Record<string, unknown>[]; withheld: Withheld[] };
  evaluate(events: Events, options: Options): Answer;
  session(options: Options): Session;
  free(): void;
}

export class Jalon {
  private constructor();
  static load(source?: WebAssembly.Module | BufferSource): Promise<Jalon>;
  compile(source: string | Record<string, string>, options?: { name?: string; lang?: "en" | "fr" | null }): Schedules;
}
