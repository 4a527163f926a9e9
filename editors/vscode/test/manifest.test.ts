// What package.json declares, held against the code, the README and the rest of the repository.
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";

const folder = path.join(__dirname, "../..");
const read = (name: string): string => fs.readFileSync(path.join(folder, name), "utf8");
const manifest = JSON.parse(read("package.json"));
const settings: Record<string, { default: unknown }> = manifest.contributes.configuration.properties;

test("the README's table has every setting with its default, and no other", () => {
    const rows = [...read("README.md").matchAll(/^\| `(kubelint\.[^`]+)` \| ([^|]*) \|/gm)].map(row => [row[1], row[2]!.trim()]);
    assert.deepEqual(rows, Object.entries(settings).map(([name, value]) => [name, `\`${JSON.stringify(value.default)}\``]));
});

test("settings that say what is run are not taken from a workspace that is not trusted", () => {
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, ["kubelint.path", "kubelint.args"]);
});

test("every version is exact", () => {
    for (const [name, version] of Object.entries(manifest.devDependencies)) {
        assert.match(String(version), /^\d+\.\d+\.\d+$/, name);
    }

    // All is bundled.
    assert.equal(manifest.dependencies, undefined);
});

test("the types are those of the oldest VS Code that is supported", () => {
    assert.equal(manifest.engines.vscode, `^${manifest.devDependencies["@types/vscode"]}`);
});

test("the version is the repository's", () => {
    const version = /<Version>(.*)<\/Version>/.exec(read("../../Directory.Build.props"))![1];
    assert.equal(manifest.version, version);
    assert.equal(JSON.parse(read("package-lock.json")).version, version);
});

test("the schema of .kubelint.yaml is in the package", () => {
    const [{ fileMatch, url }] = manifest.contributes.yamlValidation;
    assert.equal(fileMatch, ".kubelint.yaml");
    assert.equal(read(url), read("../../schemas/kubelint.schema.json"));
    assert.ok(read(".vscodeignore").includes(url.replace("./", "!")));
});

test("the licences of what is bundled are in the package", () => {
    assert.match(read("THIRD-PARTY-NOTICES"), /^vscode-languageclient \S+ \(MIT\)$/m);
});
