using KubeLint.Testing;

namespace KubeLint.LanguageServer.Tests;

/// <summary>A session from the first message to the last.</summary>
public sealed class SessionTests
{
    private const string Backup = "kubernetes/apps/storage/backup/app/helmrelease.yaml";

    [Fact]
    public async Task It_begins_and_ends_in_order()
    {
        await using var editor = await Editor.StartAsync(HomeCluster.Path);

        editor.Initialized["serverInfo"]!["name"]!.ToString().ShouldBe("kubelint");
        editor.Initialized["capabilities"]!["positionEncoding"]!.ToString().ShouldBe("utf-16");
        (await editor.StopAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Findings_are_told_without_being_asked_for()
    {
        await using var editor = await Editor.StartAsync(HomeCluster.Path);
        await editor.OpenAsync(Backup);

        (await editor.PublishedAsync(Backup, lines => lines.Length == 2)).ShouldContain(line => line.Contains("KL1001", StringComparison.Ordinal));
        (await editor.PublishedAsync("kubernetes/apps/home/dashboard/app/deployment.yaml", lines => lines.Length > 0)).ShouldNotBeEmpty();

        await editor.ReplaceAsync(Backup, "tag: latest", "tag: 1.2.3");
        (await editor.PublishedAsync(Backup, lines => !lines.Any(line => line.Contains("KL1001", StringComparison.Ordinal)))).ShouldNotContain(line => line.Contains("KL1001", StringComparison.Ordinal));
    }
}

/// <summary>A small repository of the fixtures.</summary>
internal static class HomeCluster
{
    public static string Path { get; } = System.IO.Path.Combine(TestPaths.Root, "tests/fixtures/repos/home-cluster");
}
