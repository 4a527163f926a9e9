// The built extension in an editor that is fake, with a server that is fake: what it starts, when, and what it says.
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, test, type TestContext } from "node:test";
import { FakeVscode } from "./fakeVscode";

interface Note {
    readonly what: "start" | "initialize" | "settings" | "open" | "end";
    readonly value: any;
    readonly pid: number;
}

// The program is a shell script here. What differs on Windows is in findServer.test.ts.
const options = { skip: process.platform === "win32" ? "needs a POSIX shell" : false, timeout: 60_000 };
const pathBefore = process.env["PATH"];
let root: string;
let repository: string;
let extension: ReturnType<FakeVscode["load"]> | undefined;

beforeEach(() => {
    root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "kubelint extension ")));
    repository = path.join(root, "repo");
    fs.mkdirSync(repository);
    program("kubelint");
});

afterEach(async () => {
    await extension?.deactivate();
    extension = undefined;
    process.env["PATH"] = pathBefore;
    // They write to the journal until they end.
    for (let tries = 0; running().length > 0 && tries < 500; tries++) {
        await new Promise(resolve => setTimeout(resolve, 20));
    }

    fs.rmSync(root, { recursive: true, force: true });
});

/** A program of that name, which is the fake server, in a folder of its own. */
function program(name: string, ...args: string[]): string {
    const file = path.join(root, name, name);
    fs.mkdirSync(path.dirname(file));
    const words = [process.execPath, path.join(__dirname, "fakeServer.js"), path.join(root, "journal"), ...args];
    fs.writeFileSync(file, `#!/bin/sh\nexec ${words.map(word => `'${word}'`).join(" ")} "$@"\n`, { mode: 0o755 });
    return file;
}

function notes(what: Note["what"]): Note[] {
    const file = path.join(root, "journal");
    const lines = fs.existsSync(file) ? fs.readFileSync(file, "utf8").split("\n") : [];
    return lines.filter(line => line !== "").map(line => JSON.parse(line) as Note).filter(note => note.what === what);
}

async function start(editor: FakeVscode): Promise<FakeVscode> {
    extension = editor.load();
    await extension.activate({ subscriptions: [] });
    return editor;
}

const named = (settings: Record<string, unknown> = {}): FakeVscode =>
    new FakeVscode([repository], { "kubelint.path": path.join(root, "kubelint", "kubelint"), ...settings });

function write(name: string, text = "a: 1\n"): string {
    const file = path.join(repository, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return file;
}

const running = (): number[] => notes("start").map(note => note.pid).filter(pid => !notes("end").some(end => end.pid === pid));

test("the server gets its arguments, its folder and its settings", options, async () => {
    await start(named({ "kubelint.args": ["--log", "x y"], "kubelint.configFile": "lint.yaml", "kubelint.inlayHints.effectiveValues": true }));
    assert.deepEqual(notes("start").map(note => note.value), [{ args: ["lsp", "--log", "x y"], cwd: repository }]);
    assert.deepEqual(notes("initialize")[0]!.value, { inlayHints: { effectiveValues: true }, configFile: "lint.yaml" });
});

test("without settings the options say so", options, async () => {
    await start(named());
    assert.deepEqual(notes("initialize")[0]!.value, { inlayHints: { effectiveValues: false }, configFile: null });
});

test("what the server finds in a file is shown", options, async () => {
    const editor = await start(named());
    const document = editor.open(write("apps/kustomization.yaml"));
    const [found] = await editor.until("a diagnostic", () => editor.diagnostics.get(document.uri.toString()));
    assert.equal(found!.message, "found");
    assert.equal(found!.code, "KL1001");
    await extension!.deactivate();
    assert.equal(editor.diagnostics.size, 0);
});

test("YAML by its language or its name is sent, and nothing else", options, async () => {
    const editor = await start(named());
    editor.open(write("notes.md"), "markdown");
    editor.open(write("values.json"), "json");
    editor.open(write("templated.yml"), "helm");
    editor.open(write("Kustomization"), "plaintext");
    editor.open(write("clang-format"), "yaml");
    await editor.until("three files", () => notes("open").length === 3);
    assert.deepEqual(notes("open").map(note => path.basename(note.value)), ["templated.yml", "Kustomization", "clang-format"]);
});

test("another program is started at once, other settings are only told", options, async () => {
    const editor = await start(named());
    editor.set("kubelint.inlayHints.effectiveValues", true);
    await editor.until("the new setting", () => notes("settings").some(note => note.value.kubelint.inlayHints.effectiveValues === true));
    assert.equal(notes("start").length, 1);
    editor.set("kubelint.path", program("other", "--other"));
    await editor.until("the other program", () => notes("initialize").length === 2);
    assert.deepEqual(notes("start")[1]!.value.args, ["--other", "lsp"]);
    await editor.until("one server", () => running().length === 1);
});

test("it can be switched off and on", options, async () => {
    const editor = await start(named({ "kubelint.enable": false }));
    assert.equal(notes("start").length, 0);
    editor.set("kubelint.enable", true);
    await editor.until("a server", () => notes("initialize").length === 1);
    editor.set("kubelint.enable", false);
    await editor.until("no server", () => running().length === 0);
    assert.deepEqual(editor.messages, []);
});

test("the commands restart the server and show its log", options, async () => {
    const editor = await start(named());
    await editor.commands.get("kubelint.restart")!();
    assert.equal(notes("initialize").length, 2);
    editor.commands.get("kubelint.showOutput")!();
    assert.deepEqual(editor.executed, [["output.show"]]);
});

test("restarts in quick succession leave one server", options, async () => {
    const editor = await start(named());
    await Promise.all([1, 2, 3].map(() => editor.commands.get("kubelint.restart")!()));
    await editor.until("one server", () => running().length === 1);
    assert.equal(notes("start").length, 4);
    await extension!.deactivate();
    await editor.until("no server", () => running().length === 0);
});

test("where there is no program, it says how to get one", options, async () => {
    process.env["PATH"] = path.join(root, "nothing");
    const editor = await start(new FakeVscode([repository]));
    const [message] = editor.messages;
    assert.match(message!.text, /KubeLint is not found/);
    assert.deepEqual(message!.buttons, ["How to install", "Open settings"]);
    message!.press("How to install");
    await editor.until("the page", () => editor.opened.length === 1);
    assert.match(editor.opened[0]!, /editors\/README\.md#install-kubelint$/);

    await editor.commands.get("kubelint.restart")!();
    editor.messages[1]!.press("Open settings");
    await editor.until("the settings", () => editor.executed.length === 1);
    assert.deepEqual(editor.executed, [["workbench.action.openSettings", "kubelint."]]);
});

test("a program that ends at its start is named with its last words, once, and not started again", options, async () => {
    const editor = await start(named({ "kubelint.args": ["--fail-at-start"] }));
    assert.deepEqual(editor.messages.map(message => message.text), ["KubeLint's server did not start: kubelint: something is wrong"]);
    assert.equal(notes("start").length, 1);
    editor.set("kubelint.args", []);
    await editor.until("a server", () => notes("initialize").length === 1);
});

test("a server that dies is started again", options, async () => {
    const editor = await start(named());
    const document = editor.open(write("a.yaml", "die: now\n"));
    editor.documents.splice(editor.documents.indexOf(document), 1);
    editor.open(write("b.yaml"));
    await editor.until("a second server", () => notes("initialize").length === 2);
    await editor.until("the file that is still open", () => notes("open").some(note => note.value.endsWith("b.yaml")));
});

test("a workspace says what is run only once it is trusted", options, async (context: TestContext) => {
    write(".config/dotnet-tools.json", JSON.stringify({ tools: { kubelint: { version: "0.1.0", commands: ["kubelint"] } } }));
    process.env["PATH"] = [path.dirname(program("dotnet")), path.join(root, "kubelint")].join(path.delimiter);
    const editor = new FakeVscode([repository]);
    editor.isTrusted = false;
    await start(editor);
    assert.deepEqual(notes("start").map(note => note.value.args), [["lsp"]]);
    editor.trust();
    await editor.until("the tool", () => notes("initialize").length === 2);
    assert.deepEqual(notes("start")[1]!.value.args, ["tool", "run", "kubelint", "lsp"]);
    context.diagnostic(editor.log.at(-1) ?? "");
});
