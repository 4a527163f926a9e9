// Bundles the extension and its tests to dist/, and lays beside them what the package holds and the repository has elsewhere:
// the licence, the schema of .kubelint.yaml, the licences of what is bundled. node build.mjs [--production]
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const production = process.argv.includes("--production");
process.chdir(here);

mkdirSync("schemas", { recursive: true });
copyFileSync("../../LICENSE", "LICENSE");
copyFileSync("../../schemas/kubelint.schema.json", "schemas/kubelint.schema.json");

const shared = { bundle: true, platform: "node", target: "node20", format: "cjs", external: ["vscode"], sourcemap: !production, logLevel: "warning" };
const extension = await build({ ...shared, entryPoints: ["src/extension.ts"], outfile: "dist/extension.js", minify: production, metafile: true });
writeFileSync("THIRD-PARTY-NOTICES", notices(Object.keys(extension.metafile.inputs)));

// A production build leaves the tests there, so that they can be run on what is packaged.
if (!production) {
    rmSync("dist/test", { recursive: true, force: true });
    const tests = readdirSync("test").filter(name => name.endsWith(".test.ts") || name === "fakeServer.ts").map(name => join("test", name));
    await build({ ...shared, entryPoints: tests, outdir: "dist/test" });
}

/** The licence of every package that a bundled file comes from. */
function notices(inputs) {
    const packages = new Set();
    for (const input of inputs) {
        const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
        if (found) packages.add(found[1]);
    }

    return [...packages].sort().map(folder => {
        const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
        const file = readdirSync(folder).find(entry => /^licen[sc]e/i.test(entry));
        if (!file || !existsSync(join(folder, file))) throw new Error(`${name} has no licence file`);
        return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
    }).join(`\n${"-".repeat(80)}\n\n`);
}
