using System.Text.Json.Nodes;

using KubeLint.Analysis;

using Nerdbank.Streams;

using StreamJsonRpc;

namespace KubeLint.LanguageServer.Tests;

/// <summary>A rule with a mistake, which KubeLint's own program has none of, so this server runs in the test; it is talked to over streams all the same.</summary>
public sealed class RuleFailureTests
{
    [Fact]
    public async Task A_rule_that_fails_is_a_finding_and_the_session_goes_on()
    {
        using var repository = new TemporaryRepository();
        repository.Write("a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n");
        var (here, there) = FullDuplexStream.CreatePair();
        var serving = LanguageServerHost.RunAsync(new LanguageServerSetup
        {
            Input = there,
            Output = there,
            Error = TextWriter.Null,
            Rules = [RuleEntry.Of(() => new Failing()), RuleEntry.Of(() => new Working())],
            ReadPage = static _ => "",
            FindSchema = static (_, _) => null,
            KnownKinds = [],
            Version = "0",
            WatchFiles = static (_, _) => new MemoryStream(),
        });
        using var rpc = new JsonRpc(new HeaderDelimitedMessageHandler(here, here, new SystemTextJsonFormatter()));
        rpc.StartListening();
        await rpc.InvokeWithParameterObjectAsync<JsonNode>("initialize", new JsonObject { ["rootUri"] = Editor.Uri(repository.Root), ["capabilities"] = new JsonObject() });
        var document = new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = Editor.Uri(Path.Combine(repository.Root, "a.yaml")) } };

        for (var time = 0; time < 2; time++)
        {
            var report = await rpc.InvokeWithParameterObjectAsync<JsonNode>("textDocument/diagnostic", document);

            report["items"]!.AsArray().Select(item => item!["code"]!.ToString()).Order().ShouldBe(["KL0001", "XX0002"]);
            report["items"]![0]!["message"]!.ToString().ShouldContain("XX0001 failing failed here");
        }

        await rpc.InvokeAsync("shutdown");
        await rpc.NotifyAsync("exit");
        (await serving).ShouldBeTrue();
    }

    private sealed class Failing : Rule
    {
        public override RuleDescriptor Descriptor { get; } = new("XX0001", "failing", "Fails", Severity.Warning);

        public override void Register(IRuleRegistrar on) => on.File(static _ => throw new InvalidOperationException("on purpose"));
    }

    private sealed class Working : Rule
    {
        public override RuleDescriptor Descriptor { get; } = new("XX0002", "working", "Works", Severity.Warning);

        public override void Register(IRuleRegistrar on) => on.Document(document => document.Report(document.Root, "Here"));
    }
}
