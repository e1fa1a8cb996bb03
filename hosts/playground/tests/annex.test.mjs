// The annex to a contract, on paper: `jalon show --annex --format html`, printed by Chromium to a PDF and read by pdftotext. Each rule,
// line, situation and label stands there whole, on pages of the format that the page asks for, in both languages.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch } from "./browser.mjs";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const JALON = process.env.JALON ?? join(ROOT, "target/release/jalon");
/** Landscape A4, in points. */
const [WIDE, HIGH] = [841.92, 594.96];

// A first and a second part of the language, payers, tax, a schedule whose situations are not listed, and several in a file.
const FILES = [
  "schedules/teo/parcours-emploi-sante.jalon", "schedules/teo/vae-par-bloc.jalon", "schedules/formation/two-payers.jalon",
  "schedules/formation/apprentissage-opco.jalon", "schedules/services/agency.jalon", "schedules/abonnements/sports-club.jalon",
  "schedules/travaux/vefa.jalon",
];

const folder = mkdtempSync(join(tmpdir(), "annex-"));
let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** A text without the blanks and ends of lines that a printed page puts elsewhere. */
function joined(text) {
  return text.replace(/[\s\u00a0\u202f\u00ad\f]+/gu, "");
}

for (const file of FILES) {
  for (const lang of ["fr", "en"]) {
    test(`${file} is printed in ${lang}`, async () => {
      const html = execFileSync(JALON, ["show", "--annex", "--format", "html", "--date", "2026-03-01", "--lang", lang, join(ROOT, file)]);
      const page = await browser.newPage();
      await page.setContent(html.toString(), { waitUntil: "load" });
      const pdf = join(folder, "annex.pdf");
      writeFileSync(pdf, await page.pdf({ preferCSSPageSize: true }));
      // What a reader of the page sees, piece by piece, and whether anything is wider than the paper leaves room for.
      await page.emulateMedia({ media: "print" });
      const pieces = await page.evaluate(() =>
        [...document.querySelectorAll("h1, h2, dt, dd, li, caption, th, td, p, .by-hand div")].map((each) => each.textContent));
      await page.close();

      const info = execFileSync("pdfinfo", [pdf]).toString();
      assert.ok(info.includes(`${WIDE} x ${HIGH} pts (A4)`), info);
      const all = joined(execFileSync("pdftotext", ["-raw", pdf, "-"]).toString());
      assert.ok(pieces.length > 30, `${pieces.length} pieces`);
      const lost = pieces.map(joined).filter((piece) => !all.includes(piece));
      assert.deepEqual(lost, []);
      for (const word of lang === "fr" ? ["Annexeàuncontrat", "01/03/2026", "Leclient(nom,signature)"] : ["Annextoacontract", "2026-03-01", "Theclient(name,signature)"]) {
        assert.ok(all.includes(word), word);
      }
      // Nothing is cut at an edge of the paper: each word that is printed lies on it.
      const box = execFileSync("pdftotext", ["-bbox", pdf, "-"]).toString();
      const words = [...box.matchAll(/<word xMin="([-.\d]+)" yMin="([-.\d]+)" xMax="([-.\d]+)" yMax="([-.\d]+)">/g)];
      assert.ok(words.length > 100, `${words.length} words`);
      for (const [whole, left, top, right, bottom] of words) {
        assert.ok(left >= 0 && top >= 0 && right <= WIDE && bottom <= HIGH, whole);
      }
    });
  }
}
