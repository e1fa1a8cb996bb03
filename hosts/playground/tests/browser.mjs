// A browser for the tests: Debian's Chromium, the built page on a server of this machine, and nothing else.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const DIST = fileURLToPath(new URL("../dist/", import.meta.url));
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".txt": "text/plain; charset=utf-8" };

/** Serves the folder of the page; gives its address. */
export async function serve() {
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    try {
      const body = await readFile(join(DIST, "site", path === "/" ? "index.html" : path));
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? TYPES[".html"] }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync",
    ],
  });
}

/** A page in a language, on which every fault and every request that is not for `address` fails the test. */
export async function open(browser, address, { locale = "en-GB", viewport = { width: 1280, height: 900 } } = {}) {
  const context = await browser.newContext({ locale, viewport, acceptDownloads: true });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (fault) => faults.push(String(fault)));
  page.on("console", (message) => {
    // Each is told with what it is about by the event below.
    if (message.type() === "error" && !/Content Security Policy/.test(message.text())) faults.push(message.text());
  });
  await page.exposeFunction("tellFault", (fault) => faults.push(fault));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, target }) => {
      // Chromium itself carries a style over when it joins two lines of an editable text; the policy undoes that.
      const joined = violatedDirective === "style-src-attr" && target instanceof Element && target.closest(".cm-content");
      if (!joined) window.tellFault(`${violatedDirective}: ${target?.outerHTML?.slice(0, 200)}`);
    });
  });
  const origin = new URL(address).origin;
  page.on("request", (request) => {
    const url = request.url();
    if (!/^(data|blob|file):/.test(url) && !url.startsWith(origin)) faults.push(`request: ${url}`);
  });
  page.on("dialog", (dialog) => dialog.accept());
  await page.goto(address);
  return { page, faults, close: () => context.close() };
}

/** A browser and a server for the tests of a file: how a test has a page of its own, which ends without a fault of it. */
export function tests() {
  const shared = {};
  before(async () => {
    shared.site = await serve();
    shared.browser = await launch();
  });
  after(async () => {
    await shared.browser?.close();
    shared.site?.close();
  });
  shared.on = (name, options, does) =>
    test(name, async () => {
      const opened = await open(shared.browser, options.address?.() ?? shared.site.address, options);
      try {
        await does(opened.page);
        assert.deepEqual(opened.faults, []);
      } finally {
        await opened.close();
      }
    });
  return shared;
}

/** The text in the editor. */
export function text(page) {
  return page.locator("#printed-text").evaluate((element) => element.textContent);
}

/** Puts a text in the place of that in the editor, as somebody does who pastes it. */
export async function write(page, text) {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

/** Waits until the prover has said what it knows. */
export async function proved(page) {
  await page.locator("#verdicts details").first().waitFor();
}

/** Holds a page to WCAG 2.2 AA, as far as axe can tell. */
export async function axe(page) {
  // As an extension does: what the policy of the page allows is what the page may do, not what a test may.
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: AXE });
  const run = `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
    .then((found) => JSON.stringify(found.violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])))`;
  const { result } = await session.send("Runtime.evaluate", { expression: run, awaitPromise: true });
  assert.deepEqual(JSON.parse(result.value), []);
  await session.detach();
}
