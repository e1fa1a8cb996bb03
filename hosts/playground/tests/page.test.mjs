// The page in a real browser: what an administrator does with it, from the first word to paper.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { deflateRawSync } from "node:zlib";
import { axe, DIST, open, proved, tests, text, write } from "./browser.mjs";

const TABS = ["findings", "cases", "events", "situations", "compare"];

// The schedule of téo's guide, as its table has it: nothing is said of what comes after ten months.
const PARCOURS = `échéancier "Parcours Emploi Santé"
  tarif forfait 1800 EUR

  solde "Diagnostic de clôture":             20 % à l'action "Entretien Diag de clôture"
  solde "Abandon - 4 mois":                  20 % à l'abandon si durée < 4 mois
  solde "Abandon + 4 mois":                  40 % à l'abandon si durée de 4 mois à moins de 10 mois
  solde "Réalisation Bilan Final + 4 mois": 100 % à l'action "Entretien Bilan Final" si durée de 4 mois à moins de 10 mois
  solde "Réalisation Bilan Final - 4 mois":  40 % à l'action "Entretien Bilan Final" si durée < 4 mois

scénario "bilan final au sixième mois"
  15/01/2025 action "Premier rendez-vous" 1,5 heure
  07/07/2025 action "Entretien Bilan Final" 2 heures
  attendu 07/07/2025 "Réalisation Bilan Final + 4 mois" 1800,00
`;
const COURSE = `schedule "Course"
  price fixed 1500 EUR
  deposit "Deposit": 30 % on signature
  balance "Balance": 100 % on end
`;

const shared = tests();
const { on } = shared;

on("a schedule is written, a mistake mended by a click, proved, run and printed", { locale: "fr-FR" }, async (page) => {
  await write(page, PARCOURS.replace("forfait", "forfais"));
  const mistake = page.locator(".finding.error").first();
  await mistake.locator("button.mend").click();
  assert.equal(await text(page), PARCOURS);
  await proved(page);
  const gap = page.locator(".finding", { has: page.locator("code", { hasText: /^trou$/ }) }).first();
  assert.match(await gap.textContent(), /10 mois/);

  await gap.getByRole("button", { name: "Montrer le dossier" }).click();
  await page.locator("#case svg[role=img] title").waitFor({ state: "attached" });
  assert.match(await page.locator("#case svg desc").textContent(), /abandon|Bilan Final/);
  assert.match(await page.locator("#case").textContent(), /Rien n'est facturé/);
  assert.match(await page.locator("#case-choice option:checked").textContent(), /^trou/);

  await page.locator("#case-choice").selectOption({ label: "✓ bilan final au sixième mois" });
  assert.match(await page.locator("#case-about").textContent(), /ce qu'il attend/);
  const row = page.locator("#case table", { hasText: "Lignes de facture" }).locator("tbody tr");
  assert.match(await row.textContent(), /07\/07\/2025.*1.800,00.*100\s%/s);

  await page.getByRole("tab", { name: "Constats" }).click();
  await gap.getByRole("button", { name: "L'admettre, avec une raison" }).click();
  await page.keyboard.insertText("au-delà de dix mois, le guide ne facture rien");
  assert.match(await text(page), /\n {2}admet trou "au-delà de dix mois, le guide ne facture rien"\n/);
  // What was proved before is not said of another text.
  assert.equal(await page.locator("#verdicts").isVisible(), false);
  await proved(page);
  assert.equal(await gap.count(), 0);
  assert.ok((await page.locator(".finding").count()) > 0);

  const pdf = join(mkdtempSync(join(tmpdir(), "jalon-")), "page.pdf");
  writeFileSync(pdf, await page.pdf({ format: "A4" }));
  const paper = execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" });
  assert.match(paper, /échéancier "Parcours Emploi Santé"/);
  assert.match(paper, /Réalisation Bilan Final - 4 mois/);
  assert.match(paper, /Constats/);
  assert.doesNotMatch(paper, /Copier un lien/);
});

on("words are proposed where they may stand", {}, async (page) => {
  await write(page, `schedule "S"\n  pri`);
  await page.keyboard.press("Control+Space");
  await page.locator(".cm-tooltip-autocomplete li", { hasText: "price" }).first().waitFor();
  // What was proposed a moment ago is not taken for what was meant.
  await page.waitForTimeout(200);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("printed-text").textContent.endsWith("price"));
});

on("what is typed is coloured", {}, async (page) => {
  await write(page, COURSE);
  await page.locator(".cm-content .tok-word", { hasText: "schedule" }).waitFor();
  await page.locator(".cm-content .tok-number", { hasText: "1500" }).waitFor();
});

on("the file is laid out and translated", {}, async (page) => {
  await write(page, COURSE.replace("  price", "      price"));
  await page.getByRole("button", { name: "Lay out" }).click();
  await page.waitForFunction(() => document.getElementById("printed-text").textContent.includes("\n  price"));
  await page.getByRole("button", { name: "Translate the file" }).click();
  await page.waitForFunction(() => document.getElementById("printed-text").textContent.includes("échéancier"));
});

for (const [name, file] of [
  ["events.ndjson", `{"case":"A","date":"2025-01-10","kind":"signature"}\n{"case":"A","date":"2025-02-15","kind":"end"}\n{"case":"B","date":"2025-02-30","kind":"end"}\n`],
  ["events.csv", `case,date,kind\nA,2025-01-10,signature\nA,2025-02-15,end\nB,2025-02-30,end\n`],
]) {
  on(`a file of events is billed and each case explained: ${name}`, {}, async (page) => {
    await write(page, COURSE);
    await page.getByRole("tab", { name: "Events" }).click();
    await page.locator("#as-of").fill("2025-12-31");
    await page.locator("#event-file").setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(file) });
    await page.getByText("Billed cases: 1. Withheld cases: 1.").waitFor();
    assert.match(await page.locator("#billed").textContent(), /450\.00.*1\u202f500\.00.*Withheld cases.*B/s);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save all lines" }).click();
    assert.match(readFileSync(await (await download).path(), "utf8"), /"amount":"450.00"/);
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save them for a spreadsheet" }).click();
    const sheet = await saved;
    assert.equal(sheet.suggestedFilename(), "lines.csv");
    assert.match(readFileSync(await sheet.path(), "utf8"), /^case,[^\n]*,amount,.*\nA,.*,450\.00,.*\nA,[^\n]*\nA,[^\n]*\n$/s);
    await page.getByRole("button", { name: "Why: A" }).first().click();
    // Another case may stand there until this one is explained.
    await page.locator("#case pre", { hasText: 'Case A, schedule "Course"' }).waitFor({ state: "attached" });
  });
}

on("situations are listed, each with an example and what is billed", {}, async (page) => {
  await write(page, COURSE);
  await page.getByRole("tab", { name: "Situations" }).click();
  await page.locator("#situation-list table").waitFor();
  assert.match(await page.locator("#situation-list table").textContent(), /end.*Balance.*none/s);
  assert.ok((await page.locator("#situation-list .map li").count()) >= 2);
});

on("two versions are compared over every case", {}, async (page) => {
  await write(page, COURSE);
  await page.getByRole("tab", { name: "Compare" }).click();
  await page.getByRole("button", { name: "Keep the text" }).click();
  await page.locator("#do-compare").click();
  await page.getByText("equivalent").waitFor();
  await write(page, COURSE.replace("1500", "1600"));
  await page.locator("#do-compare").click();
  await page.locator("#compared table").waitFor();
  assert.match(await page.locator("#compared").textContent(), /different.*bills more/s);
});

on("a link holds the file and comes back", {}, async (page) => {
  await write(page, PARCOURS);
  await page.getByRole("button", { name: "Copy a link" }).click();
  await page.waitForFunction(() => location.hash.length > 20);
  const address = page.url();
  const other = await open(shared.browser, address);
  await other.page.waitForFunction(() => document.getElementById("printed-text").textContent.includes("Parcours"));
  assert.equal(await text(other.page), PARCOURS);
  assert.deepEqual(other.faults, []);
  await other.close();
});

const packed = (bytes) => `#file=${deflateRawSync(bytes).toString("base64url")}`;
for (const [name, fragment] of [
  ["is too long", `#file=${"A".repeat(70_000)}`],
  ["unpacks to too much", packed(Buffer.alloc(50_000_000, "a"))],
  ["holds no text", packed(Buffer.from([0xff, 0xfe, 0xfd]))],
  ["is no deflated text", "#file=%%%"],
]) {
  test(`a fragment that ${name} is refused`, async () => {
    const { page, faults, close } = await open(shared.browser, shared.site.address + fragment);
    await page.getByText("nothing was loaded").waitFor();
    assert.equal(await text(page), "");
    assert.deepEqual(faults, []);
    await close();
  });
}

on("text that looks like markup stays text", {}, async (page) => {
  const bad = "<img src=x onerror=document.title='taken'><script>document.title='taken'</script>";
  await write(page, `${COURSE.replaceAll("Balance", bad).replace("Course", bad)}\nscenario "${bad}"\n  2025-01-10 signature\n  2025-02-15 end\n`);
  await proved(page);
  await page.getByRole("tab", { name: "Events" }).click();
  const events = JSON.stringify({ case: bad, date: "2025-02-15", kind: "end" });
  await page.locator("#as-of").fill("2025-12-31");
  await page.locator("#event-file").setInputFiles({ name: `${bad.replaceAll("/", "")}.ndjson`, mimeType: "text/plain", buffer: Buffer.from(`${events}\n{"${bad}\n`) });
  await page.locator("#billed table").first().waitFor();
  await page.getByRole("tab", { name: "Situations" }).click();
  await page.locator("#situation-list table").waitFor();
  await page.getByRole("tab", { name: "Lines and why" }).click();
  await page.locator("#case svg").waitFor();
  assert.equal(await page.locator("main img, main script").count(), 0);
  assert.notEqual(await page.title(), "taken");
  assert.match(await page.locator("#case").textContent(), /<img src=x/);
});

on("a proof can be stopped, and begun again", {}, async (page) => {
  // The page asks the prover after a while; what is asked is held back here until it has been stopped.
  await page.evaluate(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
      if (message?.asked?.ask === "proof" && !window.letThrough) return;
      return post.call(this, message, ...rest);
    };
  });
  await write(page, COURSE);
  await page.locator("#proof progress").waitFor();
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText("The proof was stopped").waitFor();
  await page.evaluate(() => (window.letThrough = true));
  await page.getByRole("button", { name: "Prove" }).click();
  await proved(page);
});

for (const [locale, file] of [["en-GB", COURSE], ["fr-FR", PARCOURS]]) {
  on(`nothing stands in the way of a keyboard or a screen reader: ${locale}`, { locale }, async (page) => {
    await write(page, file.replace(/^ {2}(balance|solde)/m, "  $1 $1"));
    await page.locator(".finding.error").first().waitFor();
    await axe(page);
    await write(page, file);
    await proved(page);
    for (const tab of TABS) {
      await page.locator(`#tab-${tab}`).click();
      if (tab === "situations") await page.locator("#situation-list table").waitFor();
      if (tab === "compare") {
        await page.locator("#keep").click();
        await page.locator("#do-compare").click();
        await page.locator("#compared .says").waitFor();
      }
      await axe(page);
    }
    await page.locator("#tab-compare").focus();
    await page.keyboard.press("Home");
    assert.equal(await page.locator("#tab-findings").getAttribute("aria-selected"), "true");
  });
}

on("on a phone nothing stands beside the screen", { locale: "fr-FR", viewport: { width: 320, height: 640 } }, async (page) => {
  await write(page, PARCOURS);
  await proved(page);
  for (const tab of TABS) {
    await page.locator(`#tab-${tab}`).click();
    await page.waitForTimeout(100);
    const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    assert.ok(wide <= screen, `${tab}: ${wide} > ${screen}`);
  }
});

on("as one file it opens by a double click", { address: () => pathToFileURL(join(DIST, "jalon-playground.html")).href }, async (page) => {
  await write(page, COURSE);
  await proved(page);
  await page.locator("#tab-situations").click();
  await page.locator("#situation-list table").waitFor();
});

on("every example is read, and proved or said to have errors", {}, async (page) => {
  const count = await page.locator("#example option").count();
  assert.ok(count > 30, `${count}`);
  await page.locator("#example").selectOption({ label: "parcours-emploi-sante (fr)" });
  await page.waitForFunction(() => document.getElementById("printed-text").textContent.includes("Parcours Emploi Santé"));
  await proved(page);
  assert.equal(await page.locator(".finding.error").count(), 0);
});
