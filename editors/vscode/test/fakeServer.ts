// A language server for the tests of the extension: writes down what it is told, a JSON text a line, and finds one thing in every file.
//   node fakeServer.js JOURNAL lsp [--fail-at-start] ...
import * as fs from "node:fs";
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver-protocol/node";

const [journal, ...args] = process.argv.slice(2);
const note = (what: string, value: unknown): void => fs.appendFileSync(journal!, `${JSON.stringify({ what, value, pid: process.pid })}\n`);

process.on("exit", code => note("end", code));
note("start", { args, cwd: process.cwd() });
if (args.includes("--fail-at-start")) {
    console.error("kubelint: something is wrong");
    process.exit(2);
}

const connection = createProtocolConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout));
connection.onRequest("initialize", (params: { initializationOptions: unknown }) => {
    note("initialize", params.initializationOptions);
    return { capabilities: { textDocumentSync: 1 } };
});
connection.onNotification("workspace/didChangeConfiguration", (params: { settings: unknown }) => note("settings", params.settings));
connection.onNotification("textDocument/didOpen", (params: { textDocument: { uri: string; languageId: string; text: string } }) => {
    note("open", params.textDocument.uri);
    if (params.textDocument.text.includes("die")) {
        process.exit(1);
    }

    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    void connection.sendNotification("textDocument/publishDiagnostics", {
        uri: params.textDocument.uri, diagnostics: [{ range, message: "found", code: "KL1001", severity: 2 }],
    });
});
connection.onRequest("shutdown", () => null);
connection.onNotification("exit", () => process.exit(0));
connection.onClose(() => process.exit(1));
connection.listen();
