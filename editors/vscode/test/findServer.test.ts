import assert from "node:assert/strict";
import { test } from "node:test";
import { findServer, type Machine, type Server } from "../src/findServer";

/** A machine with some files; those without a text are programs. */
function machine(files: Record<string, string | null>, env: Record<string, string> = {}, platform: NodeJS.Platform = "linux"): Machine {
    return {
        platform, env, home: platform === "win32" ? "C:\\Users\\me" : "/home/me",
        isProgram: file => files[file] === null,
        read: file => files[file] ?? undefined,
    };
}

const manifest = (tools: object, isRoot = false): string => JSON.stringify({ version: 1, isRoot, tools });
const kubelint = { kubelint: { version: "0.1.0", commands: ["kubelint"] } };
const nothing = { path: "", args: [] };
const trusted = (...folders: string[]) => ({ folders, trusted: true });

function server(found: ReturnType<typeof findServer>): Server {
    assert.ok("server" in found, "problem" in found ? found.problem : "");
    return found.server;
}

function problem(found: ReturnType<typeof findServer>): string {
    assert.ok("problem" in found);
    return found.problem;
}

test("the setting comes first, and its arguments follow lsp", () => {
    const found = server(findServer(
        { path: "/opt/kubelint", args: ["--x"] },
        trusted("/repo"),
        machine({ "/opt/kubelint": null, "/usr/bin/kubelint": null, "/repo/.config/dotnet-tools.json": manifest(kubelint) }, { PATH: "/usr/bin" })));
    assert.deepEqual(found, { command: "/opt/kubelint", args: ["lsp", "--x"], cwd: "/repo", origin: "the setting kubelint.path" });
});

for (const [written, expected] of [
    ["~/bin/kubelint", "/home/me/bin/kubelint"],
    ["${workspaceFolder}/bin/kubelint", "/re$&po/bin/kubelint"],
    ["bin/kubelint", "/re$&po/bin/kubelint"],
    ["  /opt/kubelint ", "/opt/kubelint"],
    ["kubelint-dev", "/usr/bin/kubelint-dev"],
]) {
    test(`the setting may be written as '${written}'`, () => {
        const files = { [expected!]: null };
        assert.equal(server(findServer({ path: written!, args: [] }, trusted("/re$&po"), machine(files, { PATH: "/usr/bin" }))).command, expected);
    });
}

test("a setting that leads nowhere is said, and nothing else is started", () => {
    const found = findServer({ path: "/opt/gone", args: [] }, trusted("/repo"), machine({ "/usr/bin/kubelint": null }, { PATH: "/usr/bin" }));
    assert.match(problem(found), /kubelint\.path names '\/opt\/gone'/);
});

test("the tool of a manifest is run by dotnet, from the folder it was found for", () => {
    const found = server(findServer(nothing, trusted("/other", "/repo"), machine(
        { "/repo/.config/dotnet-tools.json": manifest(kubelint), "/usr/bin/dotnet": null, "/usr/bin/kubelint": null }, { PATH: "/usr/bin" })));
    assert.deepEqual(found, {
        command: "/usr/bin/dotnet", args: ["tool", "run", "kubelint", "lsp"], cwd: "/repo", origin: "/repo/.config/dotnet-tools.json",
    });
});

test("a manifest counts from the folders above, up to one that is the root", () => {
    const files = { "/work/.config/dotnet-tools.json": manifest({ KubeLint: { version: "1", commands: ["kubelint"] } }), "/bin/dotnet": null, "/bin/kubelint": null };
    const env = { PATH: "/bin" };
    assert.equal(server(findServer(nothing, trusted("/work/a/b"), machine(files, env))).command, "/bin/dotnet");
    const closed = { ...files, "/work/a/dotnet-tools.json": manifest({}, true) };
    assert.equal(server(findServer(nothing, trusted("/work/a/b"), machine(closed, env))).command, "/bin/kubelint");
});

for (const text of ["", "{", "[]", "null", "{\"tools\": []}", "{\"tools\": {\"kubelint\": null}}", "{\"tools\": {\"kubelint\": {\"commands\": [7]}}}"]) {
    test(`a manifest that says ${text || "nothing"} is passed over`, () => {
        const files = { "/repo/.config/dotnet-tools.json": text, "/bin/dotnet": null, "/bin/kubelint": null };
        assert.equal(server(findServer(nothing, trusted("/repo"), machine(files, { PATH: "/bin" }))).command, "/bin/kubelint");
    });
}

test("a manifest without dotnet is said", () => {
    const found = findServer(nothing, trusted("/repo"), machine({ "/repo/.config/dotnet-tools.json": manifest(kubelint) }, { PATH: "/bin" }));
    assert.match(problem(found), /dotnet-tools\.json has KubeLint as a tool, but there is no dotnet/);
});

test("a workspace that is not trusted does not say what is run", () => {
    const files = { "/repo/.config/dotnet-tools.json": manifest(kubelint), "/bin/dotnet": null, "/bin/kubelint": null };
    assert.equal(server(findServer(nothing, { folders: ["/repo"], trusted: false }, machine(files, { PATH: "/bin" }))).command, "/bin/kubelint");
});

test("PATH is searched in its order, and not in folders that depend on the current one", () => {
    const files = { "/repo/kubelint": null, "bin/kubelint": null, "/a/kubelint": null, "/b/kubelint": null };
    const found = server(findServer(nothing, trusted("/repo"), machine(files, { PATH: ":.:bin:/none:/a:/b" })));
    assert.deepEqual(found, { command: "/a/kubelint", args: ["lsp"], cwd: "/repo", origin: "PATH" });
});

test("on Windows the program has its ending, and Path its own spelling", () => {
    const files = { "C:\\tools\\kubelint.exe": null, "C:\\none\\kubelint": null, "D:\\repo\\kubelint.exe": null };
    const windows = machine(files, { Path: "C:\\none;\"C:\\tools\"" }, "win32");
    assert.equal(server(findServer(nothing, trusted("D:\\repo"), windows)).command, "C:\\tools\\kubelint.exe");
    assert.equal(server(findServer({ path: "~\\kubelint", args: [] }, trusted("D:\\repo"), machine({ "C:\\Users\\me\\kubelint.exe": null }, {}, "win32"))).command,
        "C:\\Users\\me\\kubelint.exe");
});

test("without a folder or a PATH nothing is found, and that is said", () => {
    assert.match(problem(findServer(nothing, trusted(), machine({}))), /not on PATH/);
});
