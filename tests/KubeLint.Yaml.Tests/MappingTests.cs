namespace KubeLint.Yaml.Tests;

public class MappingTests
{
    private const string Merges = """
        one: &one {a: 1, b: 1}
        two: &two {b: 2, c: 2}
        three: &three
          <<: *two
          d: 3
        own:
          b: own
          <<: *one
        tagged:
          !!merge <<: *one
        list:
          <<: [*one, *two]
        inline:
          <<: {z: 1}
        nested:
          <<: *three
        quoted:
          "<<": 1
        string:
          !!str <<: 1
        twice:
          <<: *one
          <<: *two
        broken:
          <<: text
        """;

    [Theory]
    [InlineData("own", "b=own a=1")]
    [InlineData("tagged", "a=1 b=1")]
    [InlineData("list", "a=1 b=1 c=2")]
    [InlineData("inline", "z=1")]
    [InlineData("nested", "d=3 b=2 c=2")]
    [InlineData("quoted", "<<=1")]
    [InlineData("string", "<<=1")]
    [InlineData("twice", "a=1 b=1 c=2")]
    [InlineData("broken", "")]
    public void Merge_keys_bring_what_is_not_set(string name, string expected)
    {
        var mapping = Parse.Root(Merges).Get(name)!.AsMapping()!;
        string.Join(' ', mapping.EffectiveEntries().Select(entry => $"{entry.Name}={entry.Value.AsScalar()!.Value}")).ShouldBe(expected);
        foreach (var entry in mapping.EffectiveEntries())
        {
            mapping[entry.Name!].ShouldBe(entry.Value);
        }

        mapping.ContainsKey("absent").ShouldBeFalse();
    }

    [Fact]
    public void Paths_follow_aliases_and_end_at_what_is_no_mapping()
    {
        var root = Parse.Root("a: &a {b: {c: d}}\ne: *a\nn: ~\nl: [1]\n");
        root.GetString("e", "b", "c").ShouldBe("d");
        root.Get("e", "b", "c", "x").ShouldBeNull();
        root.GetString("n").ShouldBeNull();
        root.Get("n").ShouldNotBeNull();
        root.GetString("l").ShouldBeNull();
        root.Get().ShouldBe(root);
    }

    [Fact]
    public void The_last_of_two_equal_keys_counts() => Parse.Text("a: 1\na: 2\n").Documents[0].Root!.GetString("a").ShouldBe("2");
}
