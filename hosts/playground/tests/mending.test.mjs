// What is found in a file, as somebody goes through it: scenarios that fail, what is offered first, and in which language.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { axe, proved, tests, text, write } from "./browser.mjs";

const { on } = tests();

const COURS = `échéancier "Cours"
  tarif forfait 1800 EUR
  acompte "Arrhes": 30 % à la signature
  échéance "Milieu": 300 EUR à l'action "Bilan"
  solde "Solde": 100 % à la fin

scénario "tout — d'un bout à l'autre"
  01/02/2025 signature
  01/03/2025 fin
  attendu 01/02/2025 "Arrhes" 280,00
`;

on("a scenario that fails is counted, marked in the text, and opened by a click", { locale: "fr-FR" }, async (page) => {
  await write(page, COURS);
  await page.locator("#finding-count", { hasText: "1 scénario en échec" }).waitFor();
  await page.locator(".cm-line.cm-failing, .cm-line .cm-failing", { hasText: "tout" }).waitFor();
  await axe(page);
  await page.getByRole("button", { name: "Montrer le scénario en échec" }).click();
  assert.equal(await page.locator("#tab-cases").getAttribute("aria-selected"), "true");
  assert.match(await page.locator("#case-choice option:checked").textContent(), /^✗ tout/);
  assert.match(await page.locator("#case-about").textContent(), /donne autre chose.*280,00/s);
  // In the other language, too; and nothing of it is left once it is mended.
  await page.getByRole("button", { name: "English" }).click();
  assert.match(await page.locator("#finding-count").textContent(), /1 scenario fails/);
  await page.locator("#tab-findings").click();
  await proved(page);
  assert.match(await page.locator("#finding-count").textContent(), /1 error.*1 scenario fails/);
  await write(page, COURS.slice(0, COURS.indexOf("\nscénario")));
  await proved(page);
  assert.doesNotMatch(await page.locator("#finding-count").textContent(), /scenario/);
  assert.equal(await page.locator("#failing").isVisible(), false);
  assert.equal(await page.locator(".cm-failing").count(), 0);
});

on("the case of a finding, or its edit, is offered first; accepting it last, and quietly", { locale: "fr-FR" }, async (page) => {
  await write(page, COURS);
  await proved(page);
  const findings = page.locator(".finding", { has: page.getByRole("button", { name: "L'admettre" }) });
  assert.ok((await findings.count()) >= 2);
  for (const finding of await findings.all()) {
    const main = finding.locator("button.main");
    assert.equal(await main.count(), 1);
    assert.equal(await finding.locator("button").first().textContent(), await main.textContent());
    assert.equal(await main.textContent(), "Montrer le dossier");
    assert.match(await finding.locator("button").last().textContent(), /^L'admettre/);
    assert.match(await finding.locator("button").last().getAttribute("class"), /plain/);
  }
  await write(page, COURS.replace("forfait", "forfais"));
  const mistake = page.locator(".finding.error", { hasText: "forfais" });
  assert.match(await mistake.locator("button.main").first().textContent(), /^Corriger/);
});

for (const [locale, added, says, other] of [
  ["fr-FR", "Ajouter le dossier au fichier", /attendues.*aujourd'hui.*corrigez-les à la main/, "English"],
  ["en-GB", "Add the case to the file", /expects.*today.*correct them by hand/, "Français"],
]) {
  on(`a case that is added expects what is billed today, which is said: ${locale}`, { locale }, async (page) => {
    await write(page, COURS.slice(0, COURS.indexOf("\nscénario")));
    await proved(page);
    await page.getByRole("button", { name: added }).first().click();
    assert.match(await page.locator("#said").textContent(), says);
    assert.match(await text(page), /\nscénario "/);
    // Beyond the proof of the new text it still stands there; in the other language nothing of it does.
    await proved(page);
    assert.match(await page.locator("#said").textContent(), says);
    await page.getByRole("button", { name: other }).click();
    assert.equal(await page.locator("#said").textContent(), "");
  });
}

on("codes are in the language of the file, before the proof and after it", { locale: "fr-FR" }, async (page) => {
  await write(page, COURS.replace(/ {2}attendu.*\n/, ""));
  const code = page.locator(".finding code", { hasText: /^sans-attendu$/ });
  await code.waitFor();
  await proved(page);
  assert.equal(await code.count(), 1);
  // One that only the prover finds, too.
  const late = page.locator(".finding", { hasText: "les échéances ne sont pas déduites" });
  assert.equal(await late.locator("code").first().textContent(), "échéances-non-déduites");
});

on("a text without a word of a schedule is spoken of in the language of the page", { locale: "fr-FR" }, async (page) => {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  const finding = page.locator(".finding.error");
  await page.locator(".finding.error", { hasText: "ni échéancier ni scénario" }).waitFor();
  assert.match(await finding.textContent(), /commencez par un échéancier.*échéancier "/s);
  assert.doesNotMatch(await finding.textContent(), /empty/);
  assert.equal(await finding.locator("div").getAttribute("lang"), "fr");
  await page.getByRole("button", { name: "English" }).click();
  await page.locator(".finding code", { hasText: "empty-file" }).waitFor();
  assert.match(await finding.textContent(), /schedule "/);
  await page.getByRole("button", { name: "Français" }).click();
  await write(page, "bonjour\n");
  await page.locator(".finding", { hasText: /aucune ligne ne commence par bonjour/ }).waitFor();
  // A text with words has its own language.
  await write(page, `schedule "S"\n  price fixed 9\n`);
  await page.locator(".finding.error", { hasText: "price" }).waitFor();
  assert.equal(await page.locator(".finding div").first().getAttribute("lang"), "en");
});

on("what the engine sets between backticks is code, and amounts do not break", { locale: "fr-FR" }, async (page) => {
  await write(page, COURS);
  await proved(page);
  const list = page.locator("#finding-list");
  assert.doesNotMatch(await list.textContent(), /`/);
  assert.ok((await list.locator("div code", { hasText: /^Solde$/ }).count()) >= 1);
  assert.match(await list.textContent(), /1\u00a0800,00\u00a0EUR/);
  await page.locator(".finding.warning", { hasText: "fuite" }).getByRole("button", { name: "Montrer le dossier" }).click();
  const about = page.locator("#case-about p");
  assert.match(await about.textContent(), /1\u00a0800,00\u00a0EUR/);
  // Red is for errors.
  const [warning, error] = await page.evaluate(() => {
    const colour = (element) => getComputedStyle(element).color;
    const red = document.createElement("p");
    red.className = "of-error";
    document.body.append(red);
    return [colour(document.querySelector("#case-about p")), colour(red)];
  });
  assert.notEqual(warning, error);
  // In the picture an amount stays whole: a line of it ends with its currency, or has none.
  await page.locator("#case-choice").selectOption({ label: "✗ tout — d'un bout à l'autre" });
  for (const line of await page.locator("#case svg .amount").allTextContents()) assert.doesNotMatch(line, /\d$/);
  assert.match(await page.locator("#case td").allTextContents().then((all) => all.join()), /30\u00a0% de 1\u00a0800,00\u00a0EUR/);
});

on("paper names the file, the day and the case", { locale: "fr-FR" }, async (page) => {
  await page.locator("#example").selectOption({ label: "parcours-emploi-sante (fr)" });
  await proved(page);
  await page.locator("#tab-cases").click();
  await page.locator("#case svg").waitFor();
  const name = (await page.locator("#case-choice option:checked").textContent()).slice(2);
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  assert.match(await page.title(), new RegExp(`^parcours-emploi-sante\\.jalon, .*${new Date().getFullYear()}$`));
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  assert.equal(await page.title(), "Jalon, à l'essai");
  const pdf = join(mkdtempSync(join(tmpdir(), "jalon-")), "page.pdf");
  writeFileSync(pdf, await page.pdf({ format: "A4" }));
  const paper = execFileSync("pdftotext", ["-layout", pdf, "-"], { encoding: "utf8" }).replace(/\s+/g, " ");
  assert.ok(paper.includes(`parcours-emploi-sante.jalon, `), paper.slice(0, 200));
  assert.ok(paper.includes(name.replace(/\s+/g, " ")), name);
});
