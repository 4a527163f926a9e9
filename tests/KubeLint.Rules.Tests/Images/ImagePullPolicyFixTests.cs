using KubeLint.Analysis;
using KubeLint.Rules.Images;
using KubeLint.Testing;

namespace KubeLint.Rules.Tests.Images;

public sealed class ImagePullPolicyFixTests
{
    private const string Digest = "@sha256:3f1c0c1f6d1a2b8f7e5d4c3b2a190817263544f5e6d7c8b9a0f1e2d3c4b5a697";

    [Theory]
    [InlineData("app:1.4.2" + Digest, "Always # why", FixSafety.Safe, "IfNotPresent # why")]
    [InlineData("app:latest" + Digest, "'Always'", FixSafety.Safe, "'IfNotPresent'")]
    [InlineData("app:1.4.2", "\"Always\"", FixSafety.Unsafe, "\"IfNotPresent\"")]
    public void The_fix_edits_the_word_alone(string image, string policy, FixSafety safety, string expected)
    {
        var text = Pod(image, policy);
        var fix = Find(text).Fixes.ShouldHaveSingleItem();
        var edit = fix.Edits.Single().Edits.Single();

        fix.Safety.ShouldBe(safety);
        text.Remove(edit.Span.Start, edit.Span.Length).Insert(edit.Span.Start, edit.NewText).ShouldBe(Pod(image, expected));
    }

    [Theory]
    [InlineData("app:latest", "Always")]
    [InlineData("app", "Always")]
    [InlineData("app:${TAG}", "Always")]
    [InlineData("app:1.4.2" + Digest, "&policy Always")]
    public void There_is_no_fix_while_the_tag_may_move_or_the_policy_is_shared(string image, string policy) =>
        Find(Pod(image, policy)).Fixes.ShouldBeEmpty();

    private static string Pod(string image, string policy) =>
        $"apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - image: {image}\n      imagePullPolicy: {policy}\n";

    private static Diagnostic Find(string text) =>
        new Analyzer(RuleSet.Of(new ImagePullPolicyAlways())).Analyze(TestRepository.Load(("a.yaml", text))).Diagnostics.ShouldHaveSingleItem();
}
