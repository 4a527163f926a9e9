using System.Text;

using CsCheck;

namespace KubeLint.Yaml.Tests;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void Says_what_changed_with_its_surroundings() =>
        UnifiedDiff.Create("a b.yaml", "1\n2\n3\n4\n5\n6\n"u8, "1\n2\n3\n4\nfive\n6"u8, Shown).Text.ShouldBe(
            """
            --- a/a b.yaml
            +++ b/a b.yaml
            @@ -2,5 +2,5 @@
             2
             3
             4
            -5
            -6
            +five
            +6
            \ No newline at end of file

            """.ReplaceLineEndings("\n"));

    [Fact]
    public void Equal_texts_have_none() => UnifiedDiff.Create("a", "1\n"u8, "1\n"u8, Shown).Text.ShouldBeEmpty();

    [Fact]
    public void Any_two_texts_are_joined_by_their_diff() =>
        Gen.Select(Lines(), Lines()).Sample((before, after) =>
        {
            var diff = UnifiedDiff.Create("a", before, after, Shown);
            diff.HiddenCount.ShouldBe(0);
            Apply(before, diff.Text).ShouldBe(after);
        }, iter: 2000);

    [Fact]
    public void What_must_not_be_shown_is_in_no_diff_which_still_joins_the_texts_where_it_is_whole() =>
        Gen.Select(Lines(), Lines()).Sample((before, after) =>
        {
            var diff = UnifiedDiff.Create("a", before, after, (text, line) => text.GetLine(line).StartsWith('c'));
            diff.Text.ShouldNotContain("c\r\n");
            var changed = Apply(before, diff.Text);
            if (diff.HiddenCount == 0)
            {
                changed.ShouldBe(after);
            }
        }, iter: 2000);

    [Fact]
    public void A_change_between_hidden_lines_is_counted_and_others_keep_their_places()
    {
        var diff = UnifiedDiff.Create("a", "secret\n1\nsecret\nx\n2\n3\n", "secret\none\nmore\nsecret\nx\ntwo\n3\n", (text, line) => text.GetLine(line) == "secret");
        diff.HiddenCount.ShouldBe(1);
        diff.Text.ShouldBe("--- a/a\n+++ b/a\n@@ -4,3 +4,3 @@\n x\n-2\n+two\n 3\n");
    }

    private static bool Shown(SourceText text, int line) => false;

    private static Gen<string> Lines() => Gen.Select(Gen.OneOfConst("a\n", "b\n", "c\r\n", "\n").Array[0, 14], Gen.OneOfConst("", "end"), (lines, end) => string.Concat(lines) + end);

    // What patch(1) does, for a diff that fits: https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
    private static string Apply(string before, string diff)
    {
        var source = before.Split('\n').Select((line, index) => index < before.Count(letter => letter == '\n') ? line + "\n" : line).Where(line => line.Length > 0).ToList();
        var result = new StringBuilder();
        var position = 0;
        var lines = diff.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            var ends = i + 1 < lines.Length && lines[i + 1].StartsWith('\\') ? "" : "\n";
            if (line.StartsWith("@@", StringComparison.Ordinal))
            {
                var range = line.Split(' ')[1][1..].Split(',');
                var start = int.Parse(range[0], System.Globalization.CultureInfo.InvariantCulture) - (range is [_, "0"] ? 0 : 1);
                result.AppendJoin("", source[position..start]);
                position = start;
            }
            else if (line.StartsWith("--- ", StringComparison.Ordinal) || line.StartsWith("+++ ", StringComparison.Ordinal) || line.Length == 0 || line[0] == '\\')
            {
                continue;
            }
            else if (line[0] == '+')
            {
                result.Append(line.AsSpan(1)).Append(ends);
            }
            else
            {
                source[position].ShouldBe(line[1..] + ends);
                result.Append(line[0] == ' ' ? source[position] : "");
                position++;
            }
        }

        return result.AppendJoin("", source[position..]).ToString();
    }
}
