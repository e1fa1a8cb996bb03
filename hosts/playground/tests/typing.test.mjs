// A schedule typed key by key, by somebody who ends each line with Enter, and what comes of it on the screen and on paper.
import assert from "node:assert/strict";
import { proved, tests, text } from "./browser.mjs";

const { on } = tests();

/** Languages, with the lines that somebody types, whose first has an action at its end. */
const TYPED = [
  ["fr-FR", [`échéancier "Parcours"`, `  tarif forfait 1800 EUR`, `solde "Clôture": 20 % à l'action "Bilan"`, `solde "Abandon": 40 % à l'abandon`, `solde "Fin": 100 % à la fin`]],
  ["en-GB", [`schedule "Course"`, `  price fixed 1800 EUR`, `balance "Closing": 20 % on action "Review"`, `balance "Left": 40 % on abandonment`, `balance "End": 100 % on end`]],
];

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
