import * as path from "node:path";

/** What the search sees of the machine. */
export interface Machine {
    readonly platform: NodeJS.Platform;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly home: string;
    /** Whether a path is a file that can be started. */
    isProgram(file: string): boolean;
    /** The text of a file, or undefined where it cannot be read. */
    read(file: string): string | undefined;
}

export interface SearchSettings {
    /** `kubelint.path`; empty where it is not set. */
    readonly path: string;
    /** `kubelint.args`. */
    readonly args: readonly string[];
}

/** The workspace's folders, in their order, and whether the user trusts them. */
export interface Workspace {
    readonly folders: readonly string[];
    readonly trusted: boolean;
}

/** A server that can be started. */
export interface Server {
    /** An absolute path: what a bare name means is not left to the current folder. */
    readonly command: string;
    readonly args: readonly string[];
    readonly cwd: string | undefined;
    /** Where it was found, for the log. */
    readonly origin: string;
}

export type Found = { readonly server: Server } | { readonly problem: string };

/**
 * Finds the server: the program that the setting names, else the tool of a manifest in or above a folder of the workspace, else the
 * `kubelint` on PATH. A manifest counts only in a trusted workspace, since it says what is run.
 */
export function findServer(settings: SearchSettings, workspace: Workspace, machine: Machine): Found {
    const paths = machine.platform === "win32" ? path.win32 : path.posix;
    const first = workspace.folders[0];
    const args = ["lsp", ...settings.args];
    if (settings.path.trim() !== "") {
        return fromSetting(settings.path.trim(), args, first, machine, paths);
    }

    if (workspace.trusted) {
        for (const folder of workspace.folders) {
            const manifest = findManifest(folder, machine, paths);
            if (manifest === undefined) {
                continue;
            }

            const dotnet = findOnPath("dotnet", machine, paths);
            return dotnet === undefined
                ? { problem: `${manifest.file} has KubeLint as a tool, but there is no dotnet on PATH to run it.` }
                : { server: { command: dotnet, args: ["tool", "run", manifest.command, ...args], cwd: folder, origin: manifest.file } };
        }
    }

    const command = findOnPath("kubelint", machine, paths);
    return command === undefined
        ? { problem: "KubeLint is not found: the setting kubelint.path is empty, no tool manifest of the workspace has it, and it is not on PATH." }
        : { server: { command, args, cwd: first, origin: "PATH" } };
}

function fromSetting(setting: string, args: string[], first: string | undefined, machine: Machine, paths: path.PlatformPath): Found {
    let named = setting;
    if (/^~[\\/]/.test(named)) {
        named = paths.join(machine.home, named.slice(2));
    } else if (first !== undefined) {
        // A function: in a replacement text `$` has a meaning of its own.
        named = named.replace("${workspaceFolder}", () => first);
    }

    // As a shell has it: a name without a separator is looked for on PATH.
    const command = !/[\\/]/.test(named) ? findOnPath(named, machine, paths)
        : [paths.isAbsolute(named) || first === undefined ? named : paths.join(first, named)]
            .flatMap(file => withExtension(file, machine))
            .find(file => machine.isProgram(file));
    return command === undefined
        ? { problem: `The setting kubelint.path names '${setting}', which is no program.` }
        : { server: { command, args, cwd: first, origin: "the setting kubelint.path" } };
}

/** The nearest manifest of .NET tools that has KubeLint, from a folder upwards, as `dotnet tool run` looks for it. */
function findManifest(folder: string, machine: Machine, paths: path.PlatformPath): { file: string; command: string } | undefined {
    for (let at = folder; ; at = paths.dirname(at)) {
        for (const file of [paths.join(at, ".config", "dotnet-tools.json"), paths.join(at, "dotnet-tools.json")]) {
            const manifest = parseManifest(machine.read(file));
            if (manifest.command !== undefined) {
                return { file, command: manifest.command };
            }

            if (manifest.isRoot) {
                return undefined;
            }
        }

        if (paths.dirname(at) === at) {
            return undefined;
        }
    }
}

function parseManifest(text: string | undefined): { command?: string; isRoot: boolean } {
    let content: unknown;
    try {
        content = text === undefined ? undefined : JSON.parse(text.replace(/^\uFEFF/, ""));
    } catch {
        // Somebody else's file, and perhaps half written: dotnet will say what is wrong with it.
        return { isRoot: false };
    }

    if (!isObject(content)) {
        return { isRoot: false };
    }

    const isRoot = content["isRoot"] === true;
    const tools = isObject(content["tools"]) ? content["tools"] : {};
    // Names of packages know no case.
    const name = Object.keys(tools).find(key => key.toLowerCase() === "kubelint");
    const tool = name === undefined ? undefined : tools[name];
    const commands: unknown = isObject(tool) ? tool["commands"] : undefined;
    const command: unknown = Array.isArray(commands) ? commands[0] : undefined;
    return typeof command === "string" ? { command, isRoot } : { isRoot };
}

function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * A program on PATH. Entries that are relative, and Windows' habit of looking into the current folder first, are left out: the current
 * folder is the workspace, which others wrote.
 */
function findOnPath(name: string, machine: Machine, paths: path.PlatformPath): string | undefined {
    // Windows writes it Path.
    const key = Object.keys(machine.env).find(entry => entry.toUpperCase() === "PATH");
    const entries = (key === undefined ? undefined : machine.env[key])?.split(paths.delimiter) ?? [];
    return entries
        .map(entry => entry.replace(/^"(.*)"$/, "$1"))
        .filter(entry => paths.isAbsolute(entry))
        .flatMap(entry => withExtension(paths.join(entry, name), machine))
        .find(file => machine.isProgram(file));
}

/** Scripts (.cmd, .ps1) need a shell to start, so they are not looked for. */
function withExtension(file: string, machine: Machine): string[] {
    return machine.platform === "win32" && !/\.exe$/i.test(file) ? [`${file}.exe`] : [file];
}
