// A schedule typed key by key, by somebody who ends each line with Enter, and what comes of it on the screen and on paper.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { proved, tests, text, write } from "./browser.mjs";

const { on } = tests();

const PHONE = { width: 390, height: 844 };
/** Languages, with the lines that somebody types, whose first has an action at its end. */
const TYPED = [
  ["fr-FR", [`échéancier "Parcours"`, `  tarif forfait 1800 EUR`, `solde "Clôture": 20 % à l'action "Bilan"`, `solde "Abandon": 40 % à l'abandon`, `solde "Fin": 100 % à la fin`]],
  ["en-GB", [`schedule "Course"`, `  price fixed 1800 EUR`, `balance "Closing": 20 % on action "Review"`, `balance "Left": 40 % on abandonment`, `balance "End": 100 % on end`]],
];

/** The pages of what is printed, as text. */
async function paper(page) {
  const pdf = join(mkdtempSync(join(tmpdir(), "jalon-")), "page.pdf");
  writeFileSync(pdf, await page.pdf({ format: "A4" }));
  return execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
}

async function clear(page) {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
}

for (const [locale, lines] of TYPED) {
  on(`Enter ends a line, whatever is proposed: ${locale}`, { locale }, async (page) => {
    await clear(page);
    for (const [at, line] of lines.entries()) {
      await page.keyboard.type(line);
      // Behind an action conditions are proposed.
      if (at === 2) await page.locator(".cm-tooltip-autocomplete li").first().waitFor();
      await page.waitForTimeout(150);
      await page.keyboard.press("Enter");
    }
    const typed = lines.map((line, at) => (at > 1 ? `  ${line}` : line));
    assert.equal(await text(page), `${typed.join("\n")}\n  `);
    await proved(page);
    assert.equal(await page.locator(".finding.error").count(), 0);
    // A proposal that was gone to is taken.
    await page.keyboard.type(locale === "fr-FR" ? "adm" : "acc");
    await page.locator(".cm-tooltip-autocomplete li").first().waitFor();
    await page.waitForTimeout(150);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.match(await text(page), /\n {2}(admet|accepts)[^\n]*$/);
  });
}

on("what is written in the place of an example does not bear its name", { locale: "fr-FR" }, async (page) => {
  const title = page.locator("#printed-title");
  assert.match(await title.textContent(), /^parcours-emploi-sante\.jalon, /);
  // What is changed in it, by hand or by a button, does.
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type("# essai\n");
  await page.locator("#translate").click();
  await page.waitForFunction(() => document.getElementById("printed-text").textContent.includes("schedule"));
  assert.match(await title.textContent(), /^parcours-emploi-sante\.jalon, /);
  await write(page, TYPED[0][1].join("\n"));
  assert.match(await title.textContent(), /^echeancier\.jalon, /);
  const download = page.waitForEvent("download");
  await page.locator("#save").click();
  assert.equal((await download).suggestedFilename(), "echeancier.jalon");
});

on("the first of a month is the first", { locale: "fr-FR" }, async (page) => {
  await page.clock.setFixedTime(new Date("2025-12-01T10:00:00"));
  await write(page, TYPED[0][1].join("\n"));
  assert.match(await page.locator("#printed-title").textContent(), /, 1er décembre 2025$/);
  await page.locator("#lang-en").click();
  assert.match(await page.locator("#printed-title").textContent(), /, 1 December 2025$/);
});

for (const viewport of [PHONE, { width: 1280, height: 900 }]) {
  on(`what was done is said where one looks: ${viewport.width}`, { locale: "fr-FR", viewport }, async (page) => {
    await write(page, TYPED[0][1].join("\n"));
    await proved(page);
    await page.getByRole("button", { name: "L'admettre, avec une raison" }).last().click();
    const said = page.locator("#said", { hasText: "écrivez la raison" });
    await said.waitFor();
    const box = await said.boundingBox();
    assert.ok(box.y >= 0 && box.y + box.height <= viewport.height + 1, JSON.stringify(box));
    // Nor does it cover what is to be written.
    const chosen = await page.locator(".cm-activeLine").boundingBox();
    assert.ok(chosen.y >= 0 && chosen.y + chosen.height <= box.y, JSON.stringify([chosen, box]));
  });
}

on("the ring of the editor goes around all of it", {}, async (page) => {
  await page.locator(".cm-content").focus();
  const ring = await page.locator("#editor").evaluate((element) => getComputedStyle(element).outline);
  assert.match(ring, /solid 3px/);
});

on("a mark stays with its word", { locale: "fr-FR" }, async (page) => {
  await write(page, `${TYPED[0][1].join("\n")}\n\nscénario "un"\n  15/01/2025 action "Bilan"\n`);
  await proved(page);
  await page.locator("#tab-cases").click();
  await page.locator("#case pre").waitFor({ state: "attached" });
  assert.doesNotMatch(await page.locator("#case").textContent(), / [;:?!»]|« /);
});

on("a day does not break at its hyphens", { viewport: PHONE }, async (page) => {
  await write(page, `${TYPED[1][1].join("\n")}\n\nscenario "one"\n  2025-01-15 action "Review"\n`);
  await proved(page);
  await page.locator("#tab-cases").click();
  const day = page.locator("#case th .date", { hasText: "2025-01-15" }).first();
  assert.equal(await day.evaluate((element) => getComputedStyle(element).whiteSpace), "nowrap");
  await page.locator("#tab-situations").click();
  await page.locator("#situation-list td .date").first().waitFor();
});

for (const [locale, lines, says] of [
  ["fr-FR", TYPED[0][1], /dossiers\.csv, jusqu'au 28\/02\/2025\./],
  ["en-GB", TYPED[1][1], /dossiers\.csv, up to 2025-02-28\./],
]) {
  on(`lines name the file of events and the last day, on paper as well: ${locale}`, { locale }, async (page) => {
    await write(page, lines.join("\n"));
    await page.locator("#tab-events").click();
    await page.locator("#as-of").fill("2025-02-28");
    const buffer = Buffer.from("case,date,kind\nA,2025-02-15,end\n");
    await page.locator("#event-file").setInputFiles({ name: "dossiers.csv", mimeType: "text/csv", buffer });
    await page.locator("#billed table").waitFor();
    assert.match(await page.locator("#billed [role=status]").textContent(), says);
    assert.match((await paper(page)).join(" ").replace(/\s+/g, " "), says);
  });
}

on("on paper nothing is torn from what it heads", { locale: "fr-FR" }, async (page) => {
  await page.locator("#example").selectOption({ label: "parcours-emploi-sante (fr)" });
  await proved(page);
  await page.locator("#tab-situations").click();
  await page.locator("#situation-list table").waitFor();
  // Wherever the end of a page falls.
  for (let more = 0; more < 12; more += 1) {
    const pages = await paper(page);
    for (const one of pages.slice(0, -1)) {
      const last = one.trimEnd().split("\n").at(-1);
      assert.doesNotMatch(last, /Situations|Par exemple\s+Facturé|Parcours Emploi Santé$/, `${more}: ${last}`);
    }
    await page.evaluate(() => document.getElementById("printed-text").append("\n\n\n"));
  }
  await page.locator("#tab-cases").click();
  await page.locator("#case svg").waitFor();
  assert.doesNotMatch((await paper(page)).join("\n"), /La même en tableau|Toute l'explication/);
  await page.locator("#tab-findings").click();
  assert.match((await paper(page)).join("\n"), /Prouvé sur tous les dossiers possibles/);
});

on("in the picture of a case no text is cut", { locale: "fr-FR", viewport: PHONE }, async (page) => {
  for (const label of ["vefa (fr)", "cep (fr)", "vae-reva (en)"]) {
    await page.locator("#example").selectOption({ label });
    await proved(page);
    await page.locator("#tab-cases").click();
    const cases = await page.locator("#case-choice option").count();
    for (let index = 0; index < cases; index += 1) {
      await page.locator("#case-choice").selectOption({ index });
      const cut = await page.locator("#case svg").evaluateAll((all) => all.flatMap((picture) => {
        const right = (element) => element.getBoundingClientRect().right;
        return [...picture.querySelectorAll("text")].filter((line) => right(line) > right(picture)).map((line) => line.textContent);
      }));
      assert.deepEqual(cut, [], `${label} ${index}`);
    }
    await page.locator("#tab-findings").click();
  }
});

for (const viewport of [PHONE, { width: 1280, height: 900 }]) {
  on(`in a situation each amount stands beside its label: ${viewport.width}`, { locale: "fr-FR", viewport }, async (page) => {
    await page.locator("#example").selectOption({ label: "apprentissage-opco (fr)" });
    await page.locator("#tab-situations").click();
    const pairs = page.locator("#situation-list tr", { hasText: "15/02/2025 fin" }).locator(".pair");
    await pairs.first().waitFor();
    assert.deepEqual((await pairs.allTextContents()).slice(0, 2), ["Fin du contrat (OPCO) 500,00", "Fin du contrat (Employeur) 500,00"]);
    for (const pair of await pairs.all()) {
      const [label, amount] = [await pair.locator("span").first().boundingBox(), await pair.locator(".number").boundingBox()];
      assert.ok(Math.abs(label.y - amount.y) < 2 && label.x + label.width <= amount.x && amount.height < 30, JSON.stringify([label, amount]));
    }
  });
}

on("what is said of a file is not of two languages", { locale: "fr-FR" }, async (page) => {
  await page.locator("#example").selectOption({ label: "sports-club (en)" });
  await proved(page);
  assert.match(await page.locator("#verdicts").textContent(), /order: no proof covers/);
  await page.locator("#tab-situations").click();
  const refused = page.locator("#situation-list .says");
  await refused.waitFor();
  assert.match(await refused.textContent(), /^There is no list of situations yet for a schedule that uses durations/);
});

on("what was done is no longer said behind another tab", { locale: "fr-FR" }, async (page) => {
  await page.locator("#example").selectOption({ label: "vefa (fr)" });
  await page.locator("#said", { hasText: "vefa est chargé" }).waitFor();
  await proved(page);
  assert.match(await page.locator("#said").textContent(), /vefa est chargé/);
  await page.locator("#tab-situations").click();
  assert.equal(await page.locator("#said").textContent(), "");
});
