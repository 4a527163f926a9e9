using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLint.Benchmarks;

/// <summary>How long an editor waits for the findings of a file after each keystroke: the server as a process, text typed one character at a time.</summary>
internal static class EditorLatency
{
    private const string Typed = "# typed in one go, and taken back\n";

    /// <summary>Types into a file and tells how long answers took.</summary>
    /// <param name="server">The program, which is called with <c>lsp</c>.</param>
    /// <param name="folder">The repository.</param>
    /// <param name="file">The file, relative to it.</param>
    /// <param name="keystrokes">How many.</param>
    /// <param name="report">Takes the figures.</param>
    public static void Measure(string server, string folder, string file, int keystrokes, TextWriter report)
    {
        folder = Path.GetFullPath(folder);
        using var process = Process.Start(new ProcessStartInfo(server, ["lsp"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        using var input = new BufferedStream(process.StandardOutput.BaseStream);
        var connection = new Connection(input, process.StandardInput.BaseStream);
        var loading = Stopwatch.StartNew();
        connection.Ask("initialize", new JsonObject
        {
            ["processId"] = Environment.ProcessId,
            ["rootUri"] = new Uri(folder).AbsoluteUri,

            // A client that asks for findings is told none besides, so that one keystroke has one answer.
            ["capabilities"] = new JsonObject { ["textDocument"] = new JsonObject { ["diagnostic"] = new JsonObject() } },
        });
        connection.Tell("initialized", new JsonObject());
        var uri = new Uri(Path.Combine(folder, file)).AbsoluteUri;
        var text = File.ReadAllText(Path.Combine(folder, file));
        connection.Tell("textDocument/didOpen", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri, ["languageId"] = "yaml", ["version"] = 1, ["text"] = text },
        });
        connection.Ask("textDocument/diagnostic", Document(uri));
        report.WriteLine(string.Create(CultureInfo.InvariantCulture, $"first findings after {loading.Elapsed.TotalMilliseconds:F0} ms"));

        var lines = text.Count(c => c == '\n');
        var times = new double[keystrokes];
        for (var i = 0; i < keystrokes; i++)
        {
            var column = i % Typed.Length;
            var watch = Stopwatch.StartNew();
            connection.Tell("textDocument/didChange", new JsonObject
            {
                ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = i + 2 },
                ["contentChanges"] = new JsonArray(column == Typed.Length - 1 ? new JsonObject { ["text"] = text } : Insert(lines, column)),
            });
            connection.Ask("textDocument/diagnostic", Document(uri));
            times[i] = watch.Elapsed.TotalMilliseconds;
        }

        Array.Sort(times);
        report.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{keystrokes} keystrokes: median {At(0.5):F1} ms, 95 % within {At(0.95):F1} ms, 99 % within {At(0.99):F1} ms, slowest {times[^1]:F1} ms; server {process.WorkingSet64 / 1e6:F0} MB"));
        connection.Ask("shutdown", null);
        connection.Tell("exit", null);
        process.WaitForExit();

        double At(double share) => times[Math.Min(times.Length - 1, (int)(times.Length * share))];
    }

    private static JsonObject Document(string uri) => new() { ["textDocument"] = new JsonObject { ["uri"] = uri } };

    private static JsonObject Insert(int line, int column) => new()
    {
        ["range"] = new JsonObject
        {
            ["start"] = new JsonObject { ["line"] = line, ["character"] = column },
            ["end"] = new JsonObject { ["line"] = line, ["character"] = column },
        },
        ["text"] = Typed[column].ToString(),
    };

    /// <summary>Just enough of the protocol for one request at a time.</summary>
    private sealed class Connection(Stream input, Stream output)
    {
        private int id;

        public void Tell(string method, JsonNode? parameters) => Send(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters });

        public void Ask(string method, JsonNode? parameters)
        {
            id++;
            Send(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
            while (Receive() is var message && (message["method"] is not null || message["id"]?.GetValue<int>() != id))
            {
            }
        }

        private void Send(JsonObject message)
        {
            if (message["params"] is null)
            {
                message.Remove("params");
            }

            var body = JsonSerializer.SerializeToUtf8Bytes(message);
            output.Write(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"));
            output.Write(body);
            output.Flush();
        }

        private JsonNode Receive()
        {
            var length = 0;
            while (ReadLine() is { Length: > 0 } header)
            {
                if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                {
                    length = int.Parse(header.AsSpan(header.IndexOf(':', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
                }
            }

            var body = new byte[length];
            input.ReadExactly(body);
            return JsonNode.Parse(body)!;
        }

        private string ReadLine()
        {
            var line = new StringBuilder();
            for (var next = input.ReadByte(); next != '\n'; next = input.ReadByte())
            {
                if (next < 0)
                {
                    throw new EndOfStreamException("the server ended");
                }

                if (next != '\r')
                {
                    line.Append((char)next);
                }
            }

            return line.ToString();
        }
    }
}
