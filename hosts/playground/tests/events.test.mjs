// A file of events: what is noticed of it, which cases come to nothing, and that nothing of another file or text is left.
import assert from "node:assert/strict";
import { axe, tests, write } from "./browser.mjs";

const { on } = tests();

const BILANS = `échéancier "Bilans"
  tarif forfait 1800 EUR
  acompte "Démarrage": 30 % à l'action "Premier rendez-vous"
  solde "Clôture": 100 % à l'action "Entretien Bilan Final"
`;
const EVENTS = `{"case":"A","date":"2025-01-10","kind":"action","name":"Premier rendez-vous"}
{"case":"A","date":"2025-02-10","kind":"action","name":"Entretien Bilan Final"}
{"case":"B","date":"2025-01-12","kind":"action","name":"Premier rendez vous"}
{"case":"C","date":"2025-03-01","kind":"end"}
`;

async function give(page, file, name = "dossiers.ndjson") {
  await page.locator("#event-file").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(file) });
}

/** Bills the events on the schedule, up to the end of 2025. */
async function bill(page) {
  await write(page, BILANS);
  await page.locator("#tab-events").click();
  await page.locator("#as-of").fill("2025-12-31");
  await give(page, EVENTS);
  await page.locator("#billed table").first().waitFor();
}

on("notices are shown, and cases without a line can be opened", { locale: "fr-FR" }, async (page) => {
  await bill(page);
  const said = await page.locator("#billed [role=status]").textContent();
  assert.match(said, /Dossiers facturés\s: 3\..*Facturés sans aucune ligne\s: 2\..*Événements à regarder\s: 1\./);
  const notice = page.locator("#billed table", { hasText: "Événements à regarder" }).locator("tbody tr");
  assert.equal(await notice.count(), 1);
  assert.match(await notice.textContent(), /B.*3.*aucune ligne.*vouliez-vous dire Premier rendez-vous\s\?/s);
  assert.deepEqual(await page.locator("#billed .cases button").allTextContents(), ["B", "C"]);
  await axe(page);
  await page.locator("#billed .cases button", { hasText: "C" }).click();
  await page.locator("#case pre", { hasText: "Dossier C" }).waitFor({ state: "attached" });
  assert.match(await page.locator("#case").textContent(), /Rien n'est facturé/);
  assert.equal(await page.locator("#tab-cases").getAttribute("aria-selected"), "true");
});

on("lines have their kind, their payer where there is one, and a total", { locale: "fr-FR" }, async (page) => {
  await bill(page);
  const lines = page.locator("#billed table", { hasText: "Lignes de facture" });
  assert.match(await lines.locator("tbody").textContent(), /acompte.*540,00.*solde.*1\u202f800,00.*déduction.*540,00/s);
  assert.doesNotMatch(await lines.locator("thead").textContent(), /Payeur/);
  assert.match(await page.locator("#billed .total").textContent(), /Total de 3 lignes : 1\u202f800,00\u00a0EUR/);
  await page.getByRole("button", { name: "English" }).click();
  assert.match(await lines.or(page.locator("#billed table", { hasText: "Invoice lines" })).locator("tbody").textContent(), /deposit.*deduction/s);
});

on("of two payers each line names its own, and currencies are not added up", {}, async (page) => {
  await write(page, `schedule "Two"
  price fixed 1500.50 EUR
  payer "Fund": 70 %
  payer "Employer": remainder
  balance "Course": 100 % on end

schedule "Elsewhere"
  price fixed 1000 JPY
  balance "Course": 100 % on end
`);
  await page.locator("#tab-events").click();
  await page.locator("#as-of").fill("2025-12-31");
  const opened = (name, schedule) => `{"case":"${name}","date":"2025-01-01","kind":"opened","schedule":"${schedule}"}\n`;
  const end = (name) => `{"case":"${name}","date":"2025-02-01","kind":"end"}\n`;
  await give(page, opened("A", "Two") + end("A") + opened("B", "Elsewhere") + end("B"));
  const lines = page.locator("#billed table", { hasText: "Invoice lines" });
  await lines.waitFor();
  assert.match(await lines.locator("thead").textContent(), /Kind.*Payer.*Amount/);
  assert.match(await lines.locator("tbody").textContent(), /balance.*Fund.*1\u202f050\.35.*Employer.*450\.15.*1\u202f000JPY/s);
  assert.match(await page.locator("#billed .total").textContent(), /Total of 3 lines: 1\u202f500\.50\u00a0EUR \+ 1\u202f000\u00a0JPY/);
});

on("of many cases a part is shown, and the rest when that is asked for", {}, async (page) => {
  await write(page, BILANS);
  await page.locator("#tab-events").click();
  await page.locator("#as-of").fill("2025-12-31");
  const many = Array.from({ length: 30 }, (_, at) => `{"case":"N${at}","date":"2025-03-01","kind":"end"}\n`);
  await give(page, many.join(""));
  const cases = page.locator("#billed .cases button");
  await cases.first().waitFor();
  assert.equal(await cases.count(), 20);
  await page.getByText("Shown: 20 of 30.").waitFor();
  await page.getByRole("button", { name: "Show more" }).click();
  assert.equal(await cases.count(), 30);
  assert.equal(await page.getByRole("button", { name: "Show more" }).count(), 0);
});

on("nothing of another schedule, file or day is left", { locale: "fr-FR" }, async (page) => {
  await bill(page);
  const ofEvents = page.locator("#case-choice option[value=events]");
  await page.getByRole("button", { name: "Pourquoi : A" }).first().click();
  await page.locator("#case pre", { hasText: "Dossier A" }).waitFor({ state: "attached" });
  assert.equal(await ofEvents.count(), 1);

  // Another text: its lines are not those.
  await write(page, BILANS.replace("1800", "900"));
  assert.equal(await ofEvents.count(), 0);
  await page.locator("#tab-events").click();
  assert.match(await page.locator("#billed").textContent(), /facturez à nouveau/);
  assert.equal(await page.locator("#billed table").count(), 0);
  await page.locator("#bill").click();
  await page.locator("#billed .total", { hasText: "900,00" }).waitFor();

  // Another file of events.
  await page.getByRole("button", { name: "Pourquoi : A" }).first().click();
  await ofEvents.waitFor({ state: "attached" });
  await page.locator("#tab-events").click();
  await give(page, `{"case":"Z","date":"2025-03-01","kind":"end"}\n`, "autre.ndjson");
  await page.locator("#billed .cases button", { hasText: "Z" }).waitFor();
  assert.equal(await ofEvents.count(), 0);

  // No day, or one that cannot be.
  for (const day of ["", "1850-01-01"]) {
    await page.locator("#as-of").fill(day);
    await page.locator("#bill").click();
    assert.match(await page.locator("#billed").textContent(), /Choisissez le dernier jour compté/);
  }
});

on("without a file of events one is asked for", { locale: "fr-FR" }, async (page) => {
  await page.locator("#tab-events").click();
  await page.locator("#bill").click();
  assert.match(await page.locator("#billed").textContent(), /Choisissez d'abord un fichier d'événements/);
  await page.getByRole("button", { name: "English" }).click();
  assert.match(await page.locator("#billed").textContent(), /Choose a file of events first/);
});

on("on a phone rows stand as blocks, with what each cell is", { locale: "fr-FR", viewport: { width: 390, height: 844 } }, async (page) => {
  await bill(page);
  const table = page.locator("#billed table", { hasText: "Lignes de facture" });
  const [wide, room] = await table.evaluate((element) => [element.scrollWidth, element.parentElement.clientWidth]);
  assert.ok(wide <= room, `${wide} > ${room}`);
  const cell = table.locator("tbody td.number").first();
  assert.match(await cell.evaluate((element) => getComputedStyle(element, "::before").content), /Montant/);
  // They stay rows to a screen reader.
  assert.ok((await page.getByRole("row").count()) > 3);
  await page.locator("#tab-situations").click();
  const situations = page.locator("#situation-list .wide");
  await situations.waitFor();
  const [all, shown] = await situations.evaluate((element) => [element.scrollWidth, element.clientWidth]);
  assert.ok(all <= shown, `${all} > ${shown}`);
  const editor = await page.locator("#editor").boundingBox();
  assert.ok(editor.y < 300, `${editor.y}`);
  await axe(page);
});
