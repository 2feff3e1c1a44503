// Unpacks Chromium, and the few libraries it needs beyond those of the C compiler, whole or not at
// all; prints the folder.
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const packages = join(import.meta.dirname, "node_modules");
const folder = join(packages, ".chromium");

if (!existsSync(folder)) {
  const partial = `${folder}.partial`;
  rmSync(partial, { force: true, recursive: true });
  mkdirSync(partial);
  process.env.TMPDIR = partial; // where the package unpacks to
  const { default: chromium, inflate } = await import("@sparticuz/chromium");
  const entry = createRequire(import.meta.url).resolve("@sparticuz/chromium");
  await inflate(join(dirname(dirname(entry)), "bin", "al2023.tar.br"));
  await chromium.executablePath();
  renameSync(partial, folder);
}
process.stdout.write(folder);
