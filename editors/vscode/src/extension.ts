import * as fs from "node:fs";
import * as os from "node:os";
import * as readline from "node:readline";
import * as vscode from "vscode";
import { CloseAction, type ErrorHandler, LanguageClient, State } from "vscode-languageclient/node";
import { findServer, type Machine, type Server } from "./findServer";

const installationPage = "https://github.com/kubelint/kubelint/blob/main/editors/README.md#install-kubelint";

let session: Session | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
    const output = vscode.window.createOutputChannel("KubeLint", { log: true });
    const current = session = new Session(output, thisMachine());
    const restart = (): Promise<void> => current.restart();
    context.subscriptions.push(
        output,
        vscode.commands.registerCommand("kubelint.restart", restart),
        vscode.commands.registerCommand("kubelint.showOutput", () => output.show()),
        // The level of the trace needs no new server; the client follows it by itself. Nor does what the server itself asks for.
        vscode.workspace.onDidChangeConfiguration(event =>
            ["enable", "path", "args"].some(name => event.affectsConfiguration(`kubelint.${name}`)) ? restart() : undefined),
        vscode.workspace.onDidGrantWorkspaceTrust(restart));
    await restart();
}

export async function deactivate(): Promise<void> {
    await session?.stop();
    session = undefined;
}

/** One server at a time, and what is said about it. */
class Session {
    private client: LanguageClient | undefined;
    /** Starts and stops happen one after the other, however fast settings change. */
    private last: Promise<void> = Promise.resolve();

    constructor(private readonly output: vscode.LogOutputChannel, private readonly machine: Machine) {
    }

    restart(): Promise<void> {
        return this.next(async () => {
            await this.end();
            await this.start();
        });
    }

    stop(): Promise<void> {
        return this.next(() => this.end());
    }

    private next(action: () => Promise<void>): Promise<void> {
        return this.last = this.last.then(action, action);
    }

    private async start(): Promise<void> {
        const settings = vscode.workspace.getConfiguration("kubelint");
        if (!settings.get("enable", true)) {
            this.output.info("Not started: kubelint.enable is off.");
            return;
        }

        const found = findServer(
            { path: settings.get("path", ""), args: settings.get("args", []) },
            {
                folders: (vscode.workspace.workspaceFolders ?? []).filter(folder => folder.uri.scheme === "file").map(folder => folder.uri.fsPath),
                trusted: vscode.workspace.isTrusted,
            },
            this.machine);
        if ("problem" in found) {
            this.output.error(found.problem);
            this.offer(found.problem, "How to install", () => vscode.env.openExternal(vscode.Uri.parse(installationPage)));
            return;
        }

        this.output.info(`Starting ${found.server.command} ${found.server.args.join(" ")} (from ${found.server.origin})`);
        const client = new Client(found.server, this.output);
        try {
            await client.start();
            this.client = client;
        } catch (error) {
            // What the program said tells more than that it ended: an older kubelint, a tool that is not restored.
            const reason = client.lastWords ?? (error instanceof Error ? error.message : String(error));
            this.output.error(`The server did not start: ${reason}`);
            this.offer(`KubeLint's server did not start: ${reason}`, "Show output", () => this.output.show());
            await client.dispose().catch(() => undefined);
        }
    }

    private async end(): Promise<void> {
        const client = this.client;
        this.client = undefined;
        try {
            await client?.dispose();
        } catch (error) {
            // A server that is gone, or does not answer, must not keep the next one from starting.
            this.output.warn(`The server did not stop as asked: ${String(error)}`);
        }
    }

    /** A message with a button, and one to the settings. Not awaited: it may stand for hours. */
    private offer(message: string, button: string, action: () => unknown): void {
        const settings = "Open settings";
        void vscode.window.showErrorMessage(message, button, settings).then(chosen => {
            if (chosen === button) {
                return action();
            }

            return chosen === settings ? vscode.commands.executeCommand("workbench.action.openSettings", "kubelint.") : undefined;
        });
    }
}

/** A client that leaves it to the session to say why a start failed, once. A server that ran and died is started again, a few times. */
class Client extends LanguageClient {
    /** The last line that the server wrote to its standard error. */
    lastWords: string | undefined;
    private wasReady = false;
    private readonly afterStart: ErrorHandler;

    constructor(server: Server, output: vscode.LogOutputChannel) {
        const settings = vscode.workspace.getConfiguration("kubelint");
        super(
            "kubelint",
            "KubeLint",
            // Without a transport the client adds nothing to the command line, and talks over standard input and output.
            { command: server.command, args: [...server.args], options: server.cwd === undefined ? {} : { cwd: server.cwd } },
            {
                documentSelector: [
                    { scheme: "file", language: "yaml" },
                    // Whatever language another extension gives such a file (Helm, Docker Compose), it may be part of the repository.
                    { scheme: "file", pattern: "**/*.{yaml,yml}" },
                    { scheme: "file", pattern: "**/Kustomization" },
                ],
                initializationOptions: {
                    inlayHints: { effectiveValues: settings.get("inlayHints.effectiveValues", false) },
                    configFile: settings.get("configFile", null),
                },
                synchronize: { configurationSection: "kubelint" },
                middleware: {
                    workspace: {
                        // A server that is coming reads the settings itself, one that is going needs none.
                        didChangeConfiguration: async (sections, next) => {
                            if (this.isRunning()) {
                                await next(sections).catch((error: unknown) => output.warn(`The server was not told of the settings: ${String(error)}`));
                            }
                        },
                    },
                },
                outputChannel: output,
                traceOutputChannel: output,
                diagnosticCollectionName: "kubelint",
                stdioOptions: {
                    stdout: () => undefined,
                    stderr: input => readline.createInterface({ input, crlfDelay: Infinity }).on("line", line => {
                        this.lastWords = line.trim() || this.lastWords;
                        output.warn(line);
                    }),
                },
                initializationFailedHandler: () => false,
                errorHandler: {
                    error: (error, message, count) => this.afterStart.error(error, message, count),
                    closed: () => this.wasReady ? this.afterStart.closed() : { action: CloseAction.DoNotRestart, handled: true },
                },
            });
        this.afterStart = this.createDefaultErrorHandler();
        this.onDidChangeState(change => this.wasReady ||= change.newState === State.Running);
    }

    override error(message: string, data?: unknown, showNotification?: boolean | "force"): void {
        super.error(message, data, this.wasReady ? showNotification : false);
    }
}

function thisMachine(): Machine {
    return {
        platform: process.platform,
        env: process.env,
        home: os.homedir(),
        isProgram: file => {
            try {
                fs.accessSync(file, fs.constants.X_OK);
                return fs.statSync(file).isFile();
            } catch {
                return false;
            }
        },
        read: file => {
            try {
                return fs.readFileSync(file, "utf8");
            } catch {
                return undefined;
            }
        },
    };
}
