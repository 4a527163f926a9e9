using CsCheck;

namespace KubeLint.Yaml.Tests;

public class TextEditsTests
{
    [Theory]
    [InlineData("a: 1\r\nb: 2\r\n", "a: x\r\nb: yy\r\n", "9,1,yy|3,1,x")]
    [InlineData("abc", "abc", "")]
    [InlineData("abc", "xabcy", "3,0,y|0,0,x")]
    [InlineData("abc", "c", "0,1,|1,1,")]
    [InlineData("abc", "xc", "0,2,x|0,2,x")]
    [InlineData("\U0001F600 b", "\U0001F600 c", "3,1,c")]
    public void Edits_change_what_they_cover_and_nothing_else(string content, string expected, string edits) =>
        TextEdits.Apply(content, Read(edits)).ShouldBe(new TextEditResult(expected, null));

    [Theory]
    [InlineData("0,2,x|1,1,y")]
    [InlineData("1,1,y|0,3,x")]
    [InlineData("1,0,x|1,0,y")]
    [InlineData("1,0,x|1,1,y")]
    public void Edits_of_one_place_are_refused(string edits)
    {
        var result = TextEdits.Apply("abc", Read(edits));
        result.Content.ShouldBeNull();
        var (first, second) = result.Conflict.ShouldNotBeNull();
        Read(edits).ShouldBe([first, second], ignoreOrder: true);
    }

    [Fact]
    public void An_edit_outside_the_text_is_an_error()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => TextEdits.Apply("abc", Read("2,2,x")));
        Should.Throw<ArgumentOutOfRangeException>(() => TextEdits.Apply("abc", Read("-1,1,x")));
    }

    [Fact]
    public void What_no_edit_covers_stays() =>
        Gen.Select(Gen.String[0, 40], Gen.Select(Gen.Int[0, 40], Gen.Int[0, 5], Gen.String[0, 4]).Array[0, 5]).Sample((content, picks) =>
        {
            // Cut into parts at the edits' ends: the parts between come out as they went in.
            var edits = new List<TextEdit>();
            var expected = "";
            var position = 0;
            foreach (var (start, length, text) in picks.DistinctBy(pick => pick.Item1).OrderBy(pick => pick.Item1))
            {
                if (start >= position && start + length <= content.Length)
                {
                    edits.Add(new TextEdit(new TextSpan(start, length), text));
                    expected += content[position..start] + text;
                    position = start + length;
                }
            }

            edits.Reverse();
            TextEdits.Apply(content, edits).Content.ShouldBe(expected + content[position..]);
        });

    private static TextEdit[] Read(string edits) =>
        [.. edits.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(edit => edit.Split(','))
            .Select(parts => new TextEdit(new TextSpan(int.Parse(parts[0]), int.Parse(parts[1])), parts[2]))];
}
