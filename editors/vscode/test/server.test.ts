// The built extension with the real server: KUBELINT_SERVER is the command line that starts it, such as
// `dotnet artifacts/bin/KubeLint.Cli/debug/kubelint.dll lsp`.
import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { test } from "node:test";
import { type Document, FakeVscode, Position } from "./fakeVscode";

const command = process.env["KUBELINT_SERVER"];
const options = {
    timeout: 120_000,
    skip: command === undefined ? "needs KUBELINT_SERVER, the command line that starts the server"
        : process.platform === "win32" ? "needs a POSIX shell" : false,
};

interface Session {
    readonly editor: FakeVscode;
    readonly document: Document;
    /** Where the open file's findings are, with their codes. */
    findings(): readonly string[];
}

/** Opens a file with a moving tag in a copy of a small repository, and waits for its finding. */
async function withServer(use: (session: Session) => Promise<void>): Promise<void> {
    const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "kubelint server ")));
    const repository = path.join(root, "home cluster");
    fs.cpSync(path.join(__dirname, "../../../../tests/fixtures/repos/home-cluster"), repository, { recursive: true });
    const program = path.join(root, "kubelint");
    // The command has its own `lsp`.
    fs.writeFileSync(program, `#!/bin/sh\nexec ${command}\n`, { mode: 0o755 });
    const editor = new FakeVscode([repository], { "kubelint.path": program });
    const extension = editor.load();
    try {
        await extension.activate({ subscriptions: [] });
        const document = editor.open(path.join(repository, "kubernetes/apps/storage/backup/app/helmrelease.yaml"));
        const findings = (): readonly string[] => (editor.diagnostics.get(document.uri.toString()) ?? []).map(found =>
            `${found.range.start.line + 1}:${found.range.start.character + 1} ${(found.code as { value?: string }).value ?? String(found.code)}`);
        await editor.until("the moving tag", () => findings().includes("28:20 KL1001"));
        await use({ editor, document, findings });
        assert.deepEqual(editor.messages, []);
    } finally {
        await extension.deactivate();
        fs.rmSync(root, { recursive: true, force: true });
    }
}

test("the real server finds a moving tag and follows what is typed", options, () => withServer(async ({ editor, document, findings }) => {
    const mended = editor.change(document, document.getText().replace("tag: latest", "tag: 1.2.3"));
    await editor.until("the tag is named", () => !findings().includes("28:20 KL1001"));
    editor.change(mended, document.getText());
    await editor.until("the moving tag is back", () => findings().includes("28:20 KL1001"));
}));

test("the real server explains a moving tag", options, () => withServer(async ({ editor, document }) => {
    assert.match(JSON.stringify(await editor.ask("registerHoverProvider", "provideHover", document, new Position(27, 21))), /KL1001/);
}));
