namespace KubeLint.Cli.Tests;

// Comments and annotations that silence findings, from the command line to the report.
public sealed class SuppressionTests
{
    private const string Pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: nginx:latest\n";

    [Theory]
    [InlineData("image: nginx:latest", "image: nginx:latest # kubelint: ignore[image-latest-tag] no versions")]
    [InlineData("      image: nginx:latest", "      # kubelint: ignore[KL1001] no versions\n      image: nginx:latest")]
    [InlineData("spec:", "# kubelint: ignore-file[images] no versions\nspec:")]
    [InlineData("  name: web\nspec", "  name: web\n  annotations:\n    kubelint.dev/ignore: \"KL1001,KL1004\"\nspec")]
    public void A_finding_is_silenced_where_it_stands(string text, string with)
    {
        using var repository = new TemporaryRepository(("a.yaml", Pod.Replace(text, with, StringComparison.Ordinal)));
        var result = repository.Cli.Run("--select", "image-latest-tag");
        result.Output.ShouldBe("No findings in 1 file.\n");
        result.ExitCode.ShouldBe(0);
        repository.Cli.Run("--select", "image-latest-tag", "-f", "sarif", "--show-suppressed").Output.ShouldContain("\"suppressions\"");
    }

    [Fact]
    public void A_finding_about_what_a_patch_wrote_is_silenced_in_the_patch()
    {
        const string Patch = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: nginx:edge";
        using var repository = new TemporaryRepository(
            ("flux/apps.yaml", FluxText.Kustomization("apps", "./apps")),
            ("apps/kustomization.yaml", "resources: [pod.yaml]\npatches: [{path: patch.yaml}]\n"),
            ("apps/pod.yaml", Pod.Replace("latest", "1.29.0", StringComparison.Ordinal)),
            ("apps/patch.yaml", Patch + "\n"));
        repository.Cli.Run("--select", "image-latest-tag", "-f", "concise").Output.ShouldStartWith("apps/patch.yaml:8:20: warning: KL1001 ");
        repository.Write("apps/patch.yaml", Patch + " # kubelint: ignore[image-latest-tag] the newest on purpose\n");
        repository.Cli.Run("--select", "image-latest-tag").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void One_that_suppresses_nothing_is_a_finding_with_a_fix()
    {
        var pinned = Pod.Replace("latest", "1.29.0", StringComparison.Ordinal);
        using var repository = new TemporaryRepository(("a.yaml", pinned.Replace("1.29.0", "1.29.0 # kubelint: ignore[image-latest-tag] no versions", StringComparison.Ordinal)));
        repository.Cli.Run("-f", "concise").Output.ShouldStartWith("a.yaml:8:27: warning: KL0003 unused-suppression: The suppression of image-latest-tag suppresses nothing");
        repository.Cli.Run("--fix").ExitCode.ShouldBe(0);
        repository.Read("a.yaml").ShouldBe(pinned);
    }

    [Fact]
    public void A_reason_can_be_required_and_what_is_no_YAML_cannot_be_silenced()
    {
        using var repository = new TemporaryRepository(
            (".kubelint.yaml", "requireReason: true\n"),
            ("a.yaml", Pod.Replace("latest", "latest # kubelint: ignore[image-latest-tag]", StringComparison.Ordinal)),
            ("b.yaml", "# kubelint: ignore-file[yaml-syntax] it is odd\na: 1\n b: 2\n"));
        var result = repository.Cli.Run("--select", "image-latest-tag", "-f", "concise");
        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("a.yaml:8:27: warning: KL0005 invalid-suppression: The suppression gives no reason, which the configuration requires");
        result.Output.ShouldContain("b.yaml:1:25: warning: KL0005 invalid-suppression: The rule 'yaml-syntax' cannot be suppressed");
        result.Output.ShouldContain("b.yaml:3:");
    }
}
