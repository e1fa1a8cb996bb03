// The package as it is installed: what every host must answer, and what must not end the process.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Jalon, JalonError, ScheduleError } from "jalon";

const folder = process.env.CONFORMANCE;
const read = (...parts) => readFileSync([folder, ...parts].join("/"), "utf-8");
const jalon = await Jalon.load();
const SCHEDULE = `schedule "Coaching"
  price per action, in EUR
    action "Hour" hourly 70
  balance "Month": work itemised on month end, stays open
  balance "Closing": work on end`;
const hour = (of, hours) => ({ case: of, date: "2025-01-06", kind: "action", name: "Hour", hours });
const end = (of) => ({ case: of, date: "2025-02-28", kind: "end" });
const asOf = "2025-12-31";
const amounts = (answer) => answer.lines.map((line) => line.amount);

// A file of JSON as objects, any other as the text that it is.
const records = (file, text) =>
  file.endsWith(".ndjson") ? text.split("\n").filter(Boolean).map((line) => JSON.parse(line)) : text;

test("answers are those of the program", () => {
  const hash = createHash("sha256");
  const written = (objects) => objects.map((one) => JSON.stringify(one) + "\n").join("");
  for (const call of read("calls").trim().split("\n")) {
    const [what, name, lang, asOf, ...files] = call.split(" ");
    // Before the schedules stand invoices and their events, or issued lines.
    const beside = { follow: 2, unpaid: 2, journal: 2, leaks: 1 }[what] ?? 0;
    const given = files.splice(0, beside).map((file) => records(file, read(name, file)));
    const texts = Object.fromEntries(files.map((file) => [file, read(name, file)]));
    const answers = {};
    if (what === "check") {
      assert.throws(() => jalon.compile(texts, { lang }), (error) => {
        answers["findings.ndjson"] = written(error.findings);
        return error instanceof ScheduleError;
      });
    } else {
      const schedules = jalon.compile(texts, { lang });
      if (what === "verify") answers["proof.ndjson"] = written([schedules.verify()]);
      else if (beside === 2) answers[`${what}.ndjson`] = written([schedules[what](...given, { asOf })]);
      else if (what === "leaks")
        answers["leaks.ndjson"] = written([schedules.leaks(records("events.ndjson", read(name, "events.ndjson")), { asOf, issued: given[0] })]);
      else if (what === "explain")
        answers["explain.ndjson"] = written([schedules.explain(records("events.ndjson", read(name, "events.ndjson")), { asOf })]);
      else {
        const answer = schedules.evaluate(read(name, "events.ndjson"), { asOf, invoices: true, notices: true });
        for (const part of ["lines", "invoices", "withheld", "notices"]) answers[`${part}.ndjson`] = written(answer[part]);
      }
      schedules.free();
    }
    for (const [file, answer] of Object.entries(answers)) {
      assert.equal(answer, read(name, file), `${name}/${file}`);
      hash.update(`${name}/${file}\n${answer}`);
    }
  }
  const printed = hash.digest("hex");
  process.stderr.write(`conformance wasm ${printed}\n`);
  assert.equal(printed, read("hash").trim());
});

test("a hostile value withholds its case and no other", () => {
  const schedules = jalon.compile(SCHEDULE);
  const hostile = [0.1 + 0.2, NaN, Infinity, -1, 1e300, 10n ** 400n, true, [], {}, () => 1, Symbol("x"), "one", "\ud800", "1\0",
    new Date(0), new Map([[1, 2]]), [[[[1]]]], new Uint8Array(3), Object.create(null)];
  for (const hours of hostile) {
    const answer = schedules.evaluate([hour("bad", hours), hour("good", 1)], { asOf });
    assert.deepEqual(answer.withheld.map((one) => one.case), ["bad"], typeof hours);
    assert.deepEqual(amounts(answer), ["70.00"]);
  }
  const circle = hour("bad", 1);
  circle.hours = circle;
  assert.deepEqual(schedules.evaluate([circle, hour("good", 2n)], { asOf }).withheld.map((one) => one.case), ["bad"]);
  assert.deepEqual(amounts(schedules.evaluate([hour("good", 2n), { ...hour("good", null), minutes: 30 }], { asOf })), ["140.00", "35.00"]);
});

test("without a case nothing is billed and nothing is thrown", () => {
  const schedules = jalon.compile(SCHEDULE);
  for (const event of [hour(null, 1), hour(undefined, 1), hour({}, 1), null, 1, "x", [], undefined]) {
    const answer = schedules.evaluate([hour("good", 1), event], { asOf });
    assert.deepEqual([answer.billed, answer.held], [0, 1]);
    assert.deepEqual(amounts(schedules.evaluate([hour("good", 1), event], { asOf, skipUnreadable: true })), ["70.00"]);
  }
  const bytes = Uint8Array.from([0xff, 0xfe, 0x0a]);
  assert.equal(schedules.evaluate(bytes, { asOf }).withheld[0].case, null);
});

test("a hostile amount withholds its invoice and no other", () => {
  const followUps = jalon.compile(`follow-up "F"
  payment due 30 days
  step "Reminder": 8 days after due`);
  const invoice = (id, total) => ({ invoice_id: id, case: "A", date: "2025-01-31", total, currency: "EUR" });
  const hostile = [0.1 + 0.2, NaN, Infinity, 1e300, 10n ** 400n, true, [], {}, () => 1, Symbol("x"), "one", "1.005", "1\0", "", null, undefined,
    new Date(0), new Map([[1, 2]]), [[[[1]]]], new Uint8Array(3), Object.create(null)];
  const circle = [];
  circle.push(circle);
  for (const total of [...hostile, circle]) {
    const told = followUps.unpaid([invoice("good", "9.00"), invoice("bad", total)], [], { asOf });
    // Of a circle nothing is left but the name of its invoice, so that more than its amount is at fault.
    const held = new Set(told.withheld.map((one) => `${one.invoice_id} ${one.in} ${one.line}`));
    assert.deepEqual([...held], ["bad invoices 2"], typeof total);
    assert.deepEqual(told.answer.map((row) => row.numbers), [["good"]]);
  }
  const steps = (options) => followUps.follow([invoice("1", 9n)], "", { asOf, ...options }).answer.map((step) => step.day);
  assert.deepEqual(steps({}), ["2025-03-10"]);
  assert.deepEqual(steps({ since: "2025-03-11" }), []);
  assert.deepEqual(steps({ done: [{ invoice_id: "1", step: "Reminder", day: "2025-03-10" }] }), []);
  assert.deepEqual(steps({ done: [] }), [asOf]);
  assert.equal(followUps.journal([invoice("1", "9")], "", { asOf }).answer.invoices.length, 1);
  for (const record of [null, 1, "x", [], undefined, {}, invoice({}, "1")])
    assert.throws(() => followUps.follow([invoice("good", "9"), record], [], { asOf }), /any invoice/);
  for (const records of [null, undefined, 1, {}]) assert.throws(() => followUps.unpaid(records, [], { asOf }), TypeError);
  assert.throws(() => followUps.unpaid("", "", { asOf: "2025-02-30" }), JalonError);
  assert.throws(() => followUps.follow("", "", { asOf, since: "soon" }), JalonError);
  assert.throws(() => jalon.compile(SCHEDULE).unpaid("", "", { asOf }), /no follow-up/);
});

test("leaks are told", () => {
  const schedules = jalon.compile(SCHEDULE);
  const events = [hour("A", 1), end("A"), hour("B", NaN)];
  const { lines } = schedules.evaluate(events, { asOf });
  const told = schedules.leaks(events, { asOf, issued: lines });
  assert.deepEqual([told.answer, told.withheld.map((one) => one.case)], [[], ["B"]]);
  assert.deepEqual(schedules.leaks(events, { asOf, issued: [] }).answer.map((leak) => leak.kind), lines.map(() => "not-issued"));
  assert.deepEqual(schedules.leaks(events, { asOf }).answer, []);
  assert.throws(() => schedules.leaks(events, { asOf, issued: [{ case: 1 }] }), /line 1/);
});

test("cases are explained", () => {
  const schedules = jalon.compile(SCHEDULE);
  const events = [hour("A", 1), hour("B", 2), { ...hour("C", 1), date: "no day" }];
  const told = schedules.explain(events, { asOf });
  assert.deepEqual(told.cases.map((one) => one.case), ["A", "B", "C"]);
  assert.deepEqual([told.as_of, told.withheld], [asOf, []]);
  assert.match(told.cases[2].withheld[0].place, /^events:3:/);
  assert.match(JSON.stringify(schedules.explain(events, { asOf, case: "B" }).cases), /140.00/);
  for (const name of ["D", "", "\ud800"]) assert.throws(() => schedules.explain(events, { asOf, case: name }), /no event is of case/);
  for (const name of [1, {}, [], true]) assert.throws(() => schedules.explain(events, { asOf, case: name }), TypeError);
  const unreadable = [...events, hour(null, 1)];
  assert.deepEqual(schedules.explain(unreadable, { asOf }).withheld.map((one) => one.case), [null, "A", "B", "C"]);
  assert.equal(schedules.explain(unreadable, { asOf, skipUnreadable: true }).cases.length, 3);
});

test("a wrong call is an error", () => {
  const schedules = jalon.compile(SCHEDULE);
  assert.throws(() => jalon.compile(SCHEDULE, { lang: "de" }), JalonError);
  assert.throws(() => jalon.compile(SCHEDULE, { lang: 1 }), JalonError);
  for (const source of [null, undefined, 1, { a: 1 }]) assert.throws(() => jalon.compile(source), TypeError);
  assert.throws(() => jalon.compile({}), ScheduleError);
  for (const asOf of ["", "2025-02-30", undefined, "\ud800"]) assert.throws(() => schedules.evaluate([], { asOf }), JalonError);
  for (const events of [null, undefined, 1, {}]) assert.throws(() => schedules.evaluate(events, { asOf }), TypeError);
});

test("a session gives finished cases", () => {
  const session = jalon.compile(SCHEDULE).session({ asOf });
  session.feed([hour("A", 1)]);
  assert.deepEqual(session.take().lines, []);
  session.feed([end("A"), hour("B", 2)]);
  assert.deepEqual(amounts(session.take()), ["70.00"]);
  assert.deepEqual(amounts(session.finish()), ["140.00"]);
  session.feed([hour("A", 1), hour("B", 1)]);
  assert.throws(() => session.feed([hour("A", 1)]), /do not stand together/);
  session.free();
  assert.throws(() => session.take(), JalonError);
});

test("a trap ends the instance, and the next call has another", () => {
  const schedules = jalon.compile(SCHEDULE);
  const session = schedules.session({ asOf });
  const before = jalon.generation;
  // Past the end of the memory.
  assert.throws(() => jalon.call("compile", 0xfffffff0, 64), /the program failed on this call/);
  assert.equal(jalon.generation, before + 1);
  assert.deepEqual(amounts(schedules.evaluate([hour("A", 1)], { asOf })), ["70.00"]);
  assert.throws(() => session.feed([]), /this session has ended/);
});

test("many cases, more than once", () => {
  const schedules = jalon.compile(SCHEDULE);
  let text = "";
  for (let number = 0; number < 20000; number++) text += JSON.stringify(hour(`case ${number}`, 1)) + "\n";
  for (let time = 0; time < 3; time++) assert.equal(schedules.evaluate(text, { asOf }).billed, 20000);
});
