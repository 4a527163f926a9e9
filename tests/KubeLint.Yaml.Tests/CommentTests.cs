namespace KubeLint.Yaml.Tests;

public class CommentTests
{
    [Theory]
    [InlineData("# a\nb: c # d\n", "1:1 a|2:6 inline d")]
    [InlineData("x: [] # c\ny: 1\n", "1:7 inline c")]
    [InlineData("x: &a 1 # c\ny: 1\n", "1:9 inline c")]
    [InlineData("x: {} # c\ny:\n  - [a] # d\n  - b\n", "1:7 inline c|3:9 inline d")]
    [InlineData("a: b#c\n", "")]
    [InlineData("a: 'b # c' # d\n", "1:12 inline d")]
    [InlineData("a: \"b # c\"\n", "")]
    [InlineData("a: |  # h\n  # text\n# c\nb: 1\n", "1:7 inline h|3:1 c")]
    [InlineData("a: # b\n  - c # d\n  # e\n  - f\n#\n#g", "1:4 inline b|2:7 inline d|3:3 e|5:1 |6:1 g")]
    [InlineData("a: b # c\r\n# d\r\n", "1:6 inline c|2:1 d")]
    [InlineData("a: b # c\r# d\rx: y", "1:6 inline c|2:1 d")]
    [InlineData("[a, # b\n c] # d", "1:5 inline b|2:5 inline d")]
    [InlineData("--- # a\nb\n... # c\n# d\n---\ne", "1:5 inline a|3:5 inline c|4:1 d")]
    [InlineData("\t# a\nb: 1", "1:2 a")]
    [InlineData("a: 1 # \U0001F600 # c\n", "1:6 inline \U0001F600 # c")]
    public void Comments_stand_at_their_place(string content, string expected) => Describe(content).ShouldBe(expected);

    [Theory]
    [InlineData("# a\nb: 1 # c\n---\n# d\n{ # e\n---\n# f\ng: h # i\n", "1:1 a|2:6 inline c|4:1 d|5:3 inline e|7:1 f|8:6 inline i")]
    [InlineData("a: 'b\n---\nc: 1 # d\n", "3:6 inline d")]
    [InlineData("# a\nb: 1\n---\n%\n---\nc: 1 # d\n", "1:1 a|6:6 inline d")]
    public void A_bad_document_does_not_hide_comments(string content, string expected) => Describe(content).ShouldBe(expected);

    private static string Describe(string content)
    {
        var file = Parse.Text(content);
        file.Comments.ShouldAllBe(comment => content[comment.Span.Start] == '#');
        return string.Join('|', file.Comments.Select(comment => $"{file.Text.GetPosition(comment.Span.Start)} {(comment.IsInline ? "inline " : "")}{comment.Value}"));
    }
}
