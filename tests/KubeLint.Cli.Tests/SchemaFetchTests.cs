using System.Net;
using System.Text;

namespace KubeLint.Cli.Tests;

/// <summary><c>schemaLocations</c> with addresses: what is fetched, what is kept, and what is said where nothing comes.</summary>
public sealed class SchemaFetchTests
{
    private const string Schema = """{"type": "object", "properties": {"spec": {"type": "object", "properties": {"size": {"type": "integer"}}, "additionalProperties": false}}}""";
    private const string Wrong = "app.yaml:4:14: error: KL8011";

    [Fact]
    public void A_schema_is_fetched_once_and_kept_for_when_the_server_is_gone()
    {
        using var repository = Repository("/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json", Widget("many"), out var server);
        using (server)
        {
            var first = Lint(repository);
            first.ExitCode.ShouldBe(1, first.Error);
            first.Output.ShouldContain(Wrong);
            Lint(repository).Output.ShouldBe(first.Output);
            server.Paths.ShouldBe(["/example.com/widget_v1.json"]);
        }

        Lint(repository).Output.ShouldContain(Wrong);
        Lint(repository, "--offline").Output.ShouldContain(Wrong);

        // After a week the server is asked again, and as it does not answer, what is there counts.
        var later = new ShiftedClock(TimeSpan.FromDays(30));
        var old = repository.Cli with { Environment = Cache(repository), Clock = later };
        old.Run("--format", "concise").Output.ShouldContain(Wrong);
    }

    [Fact]
    public void Half_a_file_in_the_cache_is_fetched_again()
    {
        using var repository = Repository("/", Widget("many"), out var server);
        using (server)
        {
            Lint(repository).ExitCode.ShouldBe(1);
            var kept = Directory.GetFiles(Path.Combine(repository.Directory, ".cache/kubelint/schemas")).ShouldHaveSingleItem();
            File.WriteAllText(kept, Schema[..40]);

            Lint(repository).Output.ShouldContain(Wrong);
            server.Paths.Count.ShouldBe(2);
            File.ReadAllText(kept).ShouldEndWith("}");
        }
    }

    [Fact]
    public void That_there_is_no_schema_is_remembered_for_a_day_and_is_no_trouble()
    {
        using var repository = Repository("/", Widget("many").Replace("Widget", "Gadget", StringComparison.Ordinal), out var server);
        using (server)
        {
            Lint(repository).ShouldSatisfyAllConditions(result => result.ExitCode.ShouldBe(0), result => result.Output.ShouldNotContain("KL8011"));
            Lint(repository).ExitCode.ShouldBe(0);
            server.Paths.ShouldBe(["/example.com/gadget_v1.json"]);

            var tomorrow = repository.Cli with { Environment = Cache(repository), Clock = new ShiftedClock(TimeSpan.FromHours(25)) };
            tomorrow.Run().ExitCode.ShouldBe(0);
            server.Paths.Count.ShouldBe(2);
        }
    }

    [Theory]
    [InlineData("not json", 200, "an answer that is no JSON object")]
    [InlineData("[]", 200, "an answer that is no JSON object")]
    [InlineData("", 503, "the status 503")]
    [InlineData("http://192.0.2.1/schema.json", 302, "a redirect to http://192.0.2.1, which is not https")]
    public void What_cannot_be_loaded_is_a_note_and_no_failure(string body, int status, string reason)
    {
        using var server = new LoopbackServer(context =>
        {
            context.Response.StatusCode = status;
            if (status == 302)
            {
                context.Response.RedirectLocation = body;
            }

            context.Response.OutputStream.Write(Encoding.UTF8.GetBytes(body));
        });
        using var repository = Repository($"http://user:hunter2@{server.Host}/", Widget("many"));

        var result = repository.Cli.Run();

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain($"The schemas of 1 kind could not be loaded from http://{server.Host} ({reason}), so they were not checked: Widget (example.com/v1)");
        (result.Output + result.Error).ShouldNotContain("hunter2");
    }

    [Fact]
    public void An_endless_answer_ends()
    {
        using var server = new LoopbackServer(context =>
        {
            var block = new byte[1 << 20];
            for (var i = 0; i < 64; i++)
            {
                context.Response.OutputStream.Write(block);
            }
        });
        using var repository = Repository($"http://{server.Host}/", Widget("many"));

        repository.Cli.Run().Output.ShouldContain($"could not be loaded from http://{server.Host} (an answer of more than 16 MiB)");
    }

    [Fact]
    public void A_server_that_cannot_be_reached_is_told_once()
    {
        using var repository = Repository("http://127.0.0.1:9/", Widget("many") + "---\n" + Widget("few").Replace("Widget", "Gadget", StringComparison.Ordinal));

        var result = repository.Cli.Run();

        result.ExitCode.ShouldBe(0, result.Error);
        result.Output.ShouldContain("The schemas of 2 kinds could not be loaded from http://127.0.0.1:9 (");
        result.Output.ShouldContain("), so they were not checked: Gadget (example.com/v1), Widget (example.com/v1)");
    }

    [Fact]
    public void Nothing_is_asked_for_that_is_known_or_that_no_rule_needs()
    {
        using var repository = Repository("/", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\napiVersion: example.com/v1\nkind: ../Widget\nmetadata: {name: a}\n", out var server);
        using (server)
        {
            Lint(repository);
            repository.Write("app.yaml", Widget("many"));
            Lint(repository, "--select", "images");
            repository.Cli.Run("--offline").Output.ShouldContain("(--offline was given), so they were not checked");
            server.Paths.ShouldBeEmpty();
        }
    }

    [Fact]
    public void The_password_goes_to_the_server_and_is_shown_nowhere()
    {
        var seen = "";
        using var server = new LoopbackServer(context =>
        {
            seen = context.Request.Headers["Authorization"] ?? "";
            context.Response.OutputStream.Write(Encoding.UTF8.GetBytes(Schema));
        });
        using var repository = Repository($"http://user:hunter2@{server.Host}/", Widget("many"));

        var result = Lint(repository, "--verbose");

        Encoding.UTF8.GetString(Convert.FromBase64String(seen["Basic ".Length..])).ShouldBe("user:hunter2");
        result.Output.ShouldContain(Wrong);
        (result.Output + result.Error + repository.Cli.Run("config").Output).ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("http://user:hunter2@example.com/")]
    [InlineData("https://{{.Group}}.example.com/")]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/")]
    public void Another_address_is_a_wrong_configuration(string location)
    {
        using var repository = Repository(location, Widget("many"));

        var result = repository.Cli.Run();

        result.ExitCode.ShouldBe(2);
        result.Error.ShouldContain("An item of 'schemaLocations' must be a folder, an https address, or a template of one whose host is fixed, not '");
        result.Error.ShouldNotContain("hunter2");
    }

    private static string Widget(string size) => $"apiVersion: example.com/v1\nkind: Widget\nmetadata: {{name: a}}\nspec: {{size: {size}}}\n";

    private static TemporaryRepository Repository(string location, string text) =>
        new(("app.yaml", text), (".kubelint.yaml", $"schemaLocations: ['{location}']\n"));

    private static TemporaryRepository Repository(string path, string text, out LoopbackServer server)
    {
        server = new LoopbackServer(context =>
        {
            if (context.Request.Url!.AbsolutePath == "/example.com/widget_v1.json")
            {
                context.Response.OutputStream.Write(Encoding.UTF8.GetBytes(Schema));
            }
            else
            {
                context.Response.StatusCode = (int)HttpStatusCode.NotFound;
            }
        });
        return Repository($"http://{server.Host}{path}", text);
    }

    private static Dictionary<string, string> Cache(TemporaryRepository repository) => new() { ["XDG_CACHE_HOME"] = Path.Combine(repository.Directory, ".cache") };

    private static CliResult Lint(TemporaryRepository repository, params string[] arguments) =>
        (repository.Cli with { Environment = Cache(repository) }).Run(["--format", "concise", .. arguments]);

    private sealed class ShiftedClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
