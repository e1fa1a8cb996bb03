// What others have written that stands in the built page, with their licences: npm packages that were bundled, and crates
// that were compiled into the engine.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

const MANIFEST = "hosts/Cargo.toml";

/** The texts of licences in a folder. */
function texts(folder) {
  const names = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice|unlicense)/i.test(name)).sort();
  return names.flatMap((name) => {
    try {
      return [readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n").trim()];
    } catch {
      return [];
    }
  });
}

/** npm packages among the inputs of a bundle. */
function packages(root, inputs) {
  const names = inputs.map((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]).filter(Boolean);
  return [...new Set(names)].sort().map((name) => {
    const folder = join(root, "hosts/playground/node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return { name: `${name} ${version} (npm)`, licence: license, texts: texts(folder) };
  });
}

/** Crates that the engine is built from. */
function crates(root) {
  const cargo = (...asked) => execFileSync("cargo", asked, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
  const target = "wasm32-unknown-unknown";
  const tree = cargo(
    "tree", "--locked", "--manifest-path", MANIFEST, "--package", "jalon-playground-engine", "--target", target,
    "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}",
  );
  const built = new Set(tree.split("\n").map((line) => line.split(" ").slice(0, 2).join(" ").replace(" v", " ")));
  const metadata = JSON.parse(cargo("metadata", "--locked", "--format-version", "1", "--manifest-path", MANIFEST));
  const ours = (found) => found.source === null;
  return metadata.packages
    .filter((found) => !ours(found) && built.has(`${found.name} ${found.version}`))
    .map((found) => ({
      name: `${found.name} ${found.version} (crate)`,
      licence: found.license,
      texts: texts(dirname(found.manifest_path)),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** All of them as one text; a licence that several have in the same words stands once. */
export function licences(root, inputs) {
  const all = [...packages(root, inputs), ...crates(root)];
  const wanting = all.filter((each) => !each.licence);
  if (wanting.length) throw new Error(`no licence: ${wanting.map((each) => each.name).join(", ")}`);
  const byText = new Map();
  for (const each of all) {
    for (const text of each.texts) byText.set(text, [...(byText.get(text) ?? []), each.name]);
  }
  const list = all.map((each) => `${each.name}: ${each.licence}`).join("\n");
  const parts = [...byText].map(([text, names]) => `${"=".repeat(80)}\n${names.join("\n")}\n\n${text}\n`);
  return `What others have written that stands in this page, and its licences.\n`
    + `The standard library of Rust: MIT OR Apache-2.0.\n${list}\n\n${parts.join("\n")}`;
}
