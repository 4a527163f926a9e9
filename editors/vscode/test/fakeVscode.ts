// As much of VS Code's interface as the extension and the language client need to run in plain node, where no VS Code can be had.
// What a test asserts on is real here; every other class is empty, every other enumeration's member is 0.
import * as fs from "node:fs";
import Module from "node:module";
import * as path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export class Disposable {
    constructor(readonly dispose: () => unknown) {
    }

    static from(...all: readonly Disposable[]): Disposable {
        return new Disposable(() => all.forEach(one => one.dispose()));
    }
}

export class EventEmitter<T> {
    private readonly listeners = new Set<(value: T) => unknown>();
    readonly event = (listener: (value: T) => unknown, self?: unknown, disposables?: Disposable[]): Disposable => {
        const bound = self === undefined || self === null ? listener : listener.bind(self);
        this.listeners.add(bound);
        const disposable = new Disposable(() => this.listeners.delete(bound));
        disposables?.push(disposable);
        return disposable;
    };

    fire(value: T): void {
        for (const listener of [...this.listeners]) {
            listener(value);
        }
    }

    dispose(): void {
        this.listeners.clear();
    }
}

export class Position {
    constructor(readonly line: number, readonly character: number) {
    }
}

export class Range {
    readonly start: Position;
    readonly end: Position;

    constructor(...given: [Position, Position] | [number, number, number, number]) {
        [this.start, this.end] = given.length === 2 ? given : [new Position(given[0], given[1]), new Position(given[2], given[3])];
    }
}

export class Uri {
    private constructor(private readonly url: URL) {
    }

    static parse(text: string): Uri {
        return new Uri(new URL(text));
    }

    static file(file: string): Uri {
        return new Uri(pathToFileURL(file));
    }

    get scheme(): string {
        return this.url.protocol.slice(0, -1);
    }

    get path(): string {
        return decodeURIComponent(this.url.pathname);
    }

    get fsPath(): string {
        return fileURLToPath(this.url);
    }

    toString(): string {
        return this.url.href;
    }
}

class CancellationTokenSource {
    private readonly requested = new EventEmitter<void>();
    readonly token = { isCancellationRequested: false, onCancellationRequested: this.requested.event };

    cancel(): void {
        this.token.isCancellationRequested = true;
        this.requested.fire();
    }

    dispose(): void {
    }
}

class Diagnostic {
    code: unknown;
    source: string | undefined;

    constructor(readonly range: Range, readonly message: string, readonly severity: number) {
    }
}

class CodeActionKind {
    constructor(readonly value: string) {
    }

    append(part: string): CodeActionKind {
        return new CodeActionKind(this.value === "" ? part : `${this.value}.${part}`);
    }
}

const codeActionKinds = Object.assign(CodeActionKind, {
    Empty: new CodeActionKind(""),
    QuickFix: new CodeActionKind("quickfix"),
    Refactor: new CodeActionKind("refactor"),
    RefactorExtract: new CodeActionKind("refactor.extract"),
    RefactorInline: new CodeActionKind("refactor.inline"),
    RefactorRewrite: new CodeActionKind("refactor.rewrite"),
    Source: new CodeActionKind("source"),
    SourceOrganizeImports: new CodeActionKind("source.organizeImports"),
});

class TabInputText {
    constructor(readonly uri: Uri) {
    }
}

class Hover {
    constructor(readonly contents: unknown, readonly range?: Range) {
    }
}

class MarkdownString {
    constructor(public value = "") {
    }

    appendMarkdown(text: string): this {
        this.value += text;
        return this;
    }
}

export interface Document {
    readonly uri: Uri;
    readonly fileName: string;
    readonly languageId: string;
    readonly version: number;
    readonly lineCount: number;
    readonly isClosed: boolean;
    readonly isDirty: boolean;
    readonly isUntitled: boolean;
    getText(): string;
}

export interface ShownMessage {
    readonly text: string;
    readonly buttons: readonly string[];
    press(button: string): void;
}

type Provider = Record<string, (...given: unknown[]) => unknown>;

/** An editor with one workspace. */
export class FakeVscode {
    readonly messages: ShownMessage[] = [];
    readonly log: string[] = [];
    readonly opened: string[] = [];
    readonly executed: unknown[][] = [];
    readonly commands = new Map<string, (...given: unknown[]) => unknown>();
    /** By the name of the function that registers them. */
    readonly providers = new Map<string, Provider[]>();
    readonly diagnostics = new Map<string, readonly Diagnostic[]>();
    readonly documents: Document[] = [];
    isTrusted = true;

    private readonly events = new Map<string, EventEmitter<unknown>>();
    private readonly settings: Map<string, unknown>;

    constructor(private readonly folders: readonly string[], settings: Record<string, unknown> = {}) {
        // The defaults are those that the extension declares.
        const { contributes } = JSON.parse(fs.readFileSync(path.join(__dirname, "../../package.json"), "utf8"));
        const properties: Record<string, { default?: unknown }> = contributes.configuration.properties;
        this.settings = new Map([...Object.entries(properties).map(([name, value]) => [name, value.default] as const), ...Object.entries(settings)]);
    }

    /** Loads a fresh copy of the built extension, which finds this as its module `vscode`. */
    load(): { activate(context: unknown): Promise<void>; deactivate(): Promise<void> } {
        const file = path.join(__dirname, "../extension.js");
        const modules = Module as unknown as { _load(request: string, ...rest: unknown[]): unknown };
        const load = modules._load;
        const module = this.module();
        modules._load = function (request, ...rest) {
            return request === "vscode" ? module : load.call(this, request, ...rest);
        };
        try {
            delete require.cache[file];
            return require(file);
        } finally {
            modules._load = load;
        }
    }

    set(name: string, value: unknown): void {
        this.settings.set(name, value);
        this.fire("onDidChangeConfiguration", { affectsConfiguration: (section: string) => name === section || name.startsWith(`${section}.`) });
    }

    trust(): void {
        this.isTrusted = true;
        this.fire("onDidGrantWorkspaceTrust", undefined);
    }

    open(file: string, languageId = "yaml"): Document {
        const text = fs.readFileSync(file, "utf8");
        const uri = Uri.file(file);
        const document = {
            uri, fileName: file, languageId, version: 1, lineCount: text.split("\n").length, isClosed: false, isDirty: false, isUntitled: false,
            getText: () => text,
        };
        this.documents.push(document);
        this.fire("onDidOpenTextDocument", document);
        this.fire("onDidChangeTabs", { opened: [{ input: new TabInputText(uri) }], closed: [], changed: [] });
        return document;
    }

    /** The whole text is replaced. */
    change(document: Document, text: string): Document {
        const before = document.getText().split("\n");
        const changed = { ...document, version: document.version + 1, lineCount: text.split("\n").length, isDirty: true, getText: () => text };
        this.documents.splice(this.documents.indexOf(document), 1, changed);
        const range = new Range(0, 0, before.length - 1, before[before.length - 1]!.length);
        this.fire("onDidChangeTextDocument", {
            document: changed, contentChanges: [{ range, rangeOffset: 0, rangeLength: document.getText().length, text }],
        });
        return changed;
    }

    /** Asks the first provider that was registered by a function. */
    ask(register: string, method: string, ...given: unknown[]): Promise<unknown> {
        const provider = this.providers.get(register)?.[0];
        if (provider === undefined) {
            throw new Error(`Nothing was registered with ${register}`);
        }

        return Promise.resolve(provider[method]!(...given, new CancellationTokenSource().token));
    }

    /** Waits until something is there. */
    async until<T>(what: string, look: () => T | undefined | false, seconds = 60): Promise<T> {
        for (let end = Date.now() + (seconds * 1000); ;) {
            const found = look();
            if (found !== undefined && found !== false) {
                return found;
            }

            if (Date.now() > end) {
                throw new Error(`${what}: not within ${seconds} s. The log:\n${this.log.join("\n")}`);
            }

            await new Promise(resolve => setTimeout(resolve, 20));
        }
    }

    private fire(name: string, value: unknown): void {
        this.event(name).fire(value);
    }

    private event(name: string): EventEmitter<unknown> {
        let emitter = this.events.get(name);
        if (emitter === undefined) {
            this.events.set(name, emitter = new EventEmitter());
        }

        return emitter;
    }

    private module(): object {
        const write = (level: string) => (...text: unknown[]): void => void this.log.push(`${level}: ${text.join(" ")}`);
        const channel = {
            logLevel: 3, onDidChangeLogLevel: this.event("onDidChangeLogLevel").event,
            trace: write("trace"), debug: write("debug"), info: write("info"), warn: write("warn"), error: write("error"),
            append: write("text"), appendLine: write("text"), clear: () => undefined, dispose: () => undefined,
            show: () => void this.executed.push(["output.show"]), hide: () => undefined,
        };
        const message = (text: string, ...buttons: unknown[]): Promise<unknown> => new Promise(resolve => {
            this.messages.push({ text, buttons: buttons.filter(button => typeof button === "string"), press: resolve });
        });
        // As a prototype, and marked as a module: what bundlers copy of a module are the properties that it has of its own.
        return Object.create(withFallback({
            __esModule: true,
            version: "1.91.0",
            Disposable, EventEmitter, Position, Range, Uri, CancellationTokenSource, Diagnostic, CodeActionKind: codeActionKinds, TabInputText, Hover,
            MarkdownString,
            CancellationError: class extends Error {
            },
            DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
            env: { appName: "fake", language: "en", openExternal: (uri: Uri) => this.opened.push(uri.toString()) },
            workspace: withFallback({
                workspaceFolders: this.folders.map((folder, index) => ({ uri: Uri.file(folder), name: path.basename(folder), index })),
                textDocuments: this.documents,
                notebookDocuments: [],
                getConfiguration: (section?: string) => this.configuration(section),
                createFileSystemWatcher: () => withFallback({ dispose: () => undefined }, this.eventOf),
            }, this.eventOf, { isTrusted: () => this.isTrusted }),
            window: withFallback({
                visibleTextEditors: [],
                tabGroups: withFallback({}, this.eventOf, {
                    all: () => [{ tabs: this.documents.map(document => ({ input: new TabInputText(document.uri) })) }],
                }),
                createOutputChannel: () => channel,
                showErrorMessage: message, showWarningMessage: message, showInformationMessage: message,
                withProgress: (_options: unknown, task: (progress: unknown, token: unknown) => unknown) =>
                    task({ report: () => undefined }, new CancellationTokenSource().token),
            }, this.eventOf),
            commands: {
                registerCommand: (name: string, action: (...given: unknown[]) => unknown) => {
                    this.commands.set(name, action);
                    return new Disposable(() => this.commands.delete(name));
                },
                executeCommand: (...given: unknown[]) => void this.executed.push(given),
            },
            languages: withFallback({
                match: (selector: readonly Filter[], document: Document) => selector.some(filter => matches(filter, document)) ? 10 : 0,
                createDiagnosticCollection: () => this.collection(),
            }, name => name.startsWith("register") ? this.register(name) : undefined),
        }, name => /^[A-Z]/.test(name) ? anyClass() : undefined)) as object;
    }

    private readonly eventOf = (name: string): unknown => /^on(Did|Will)/.test(name) ? this.event(name).event : undefined;

    private register(name: string): (...given: unknown[]) => Disposable {
        return (...given) => {
            const provider = given.find(value => typeof value === "object" && !Array.isArray(value)) as Provider;
            const all = this.providers.get(name) ?? [];
            this.providers.set(name, [...all, provider]);
            return new Disposable(() => this.providers.set(name, (this.providers.get(name) ?? []).filter(other => other !== provider)));
        };
    }

    private collection(): object {
        const mine = new Set<string>();
        const remove = (uri: string): void => {
            mine.delete(uri);
            this.diagnostics.delete(uri);
        };
        return {
            set: (uri: Uri, items: readonly Diagnostic[]) => {
                mine.add(uri.toString());
                this.diagnostics.set(uri.toString(), items);
            },
            delete: (uri: Uri) => remove(uri.toString()),
            has: (uri: Uri) => mine.has(uri.toString()),
            clear: () => [...mine].forEach(remove),
            dispose: () => [...mine].forEach(remove),
        };
    }

    private configuration(section: string | undefined): object {
        const prefix = section === undefined ? "" : `${section}.`;
        const get = (name: string, otherwise?: unknown): unknown => {
            const full = prefix + name;
            if (this.settings.has(full)) {
                return this.settings.get(full) ?? otherwise ?? null;
            }

            const below = [...this.settings].filter(([key]) => key.startsWith(`${full}.`));
            return below.length === 0 ? otherwise : nested(below.map(([key, value]) => [key.slice(full.length + 1), value]));
        };
        return { get, has: (name: string) => get(name) !== undefined, inspect: () => undefined };
    }
}

interface Filter {
    readonly scheme?: string;
    readonly language?: string;
    readonly pattern?: string;
}

function matches(filter: Filter, document: Document): boolean {
    return (filter.scheme ?? document.uri.scheme) === document.uri.scheme
        && (filter.language ?? document.languageId) === document.languageId
        && (filter.pattern === undefined || new RegExp(`^${asExpression(filter.pattern)}$`).test(document.uri.path));
}

function asExpression(glob: string): string {
    return glob.replace(/[.+^$()|[\]\\]/g, "\\$&").replace(/\{([^}]*)\}/g, (_, words: string) => `(?:${words.replaceAll(",", "|")})`)
        .replaceAll("**/", "(?:.%/)?").replaceAll("*", "[^/]*").replaceAll("%", "*");
}

function nested(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const [key, value] of entries) {
        const parts = key.split(".");
        const last = parts.pop()!;
        let at = result;
        for (const part of parts) {
            at = (at[part] ??= {}) as Record<string, unknown>;
        }

        at[last] = value;
    }

    return result;
}

/** An object whose other properties are made when they are asked for, once, and some anew each time. */
function withFallback(known: Record<string, unknown>, other: (name: string) => unknown, live: Record<string, () => unknown> = {}): object {
    return new Proxy(known, {
        get: (target, name) => {
            if (typeof name !== "string") {
                return undefined;
            }

            return name in live ? live[name]!() : name in target ? target[name] : target[name] = other(name);
        },
    });
}

function anyClass(): object {
    return new Proxy(class {
    }, { get: (target, name) => name in target ? Reflect.get(target, name) : 0 });
}
