namespace KubeLint.Cli.Tests;

public sealed class HeapRangeTests
{
    private const int Page = 2 * 1024 * 1024;

    private static readonly string[] Before =
    [
        "00400000-02400000 r-xp 00000000 fd:00 1234                               /usr/bin/kubelint",
        "7fec83000000-7fec87000000 ---p 00000000 00:00 0 ",
        "7fec87000000-7fec87011000 rw-p 00000000 00:00 0 ",
        "7fec87011000-7fec87400000 ---p 00000000 00:00 0 ",
        "7fec87400000-7fec87401000 rw-p 00000000 00:00 0 ",
        "7fec87401000-7ff7c7401000 ---p 00000000 00:00 0 ",
    ];

    [Fact]
    public void What_the_collector_reserved_behind_an_object_is_taken_up_to_what_is_wanted() =>
        Find(Before, 64L * Page).ShouldBe(new HeapRange(0x7fec87000000, 0x7fec87000000 + (64UL * Page)));

    [Fact]
    public void It_ends_before_a_file_a_named_range_or_a_gap()
    {
        foreach (var next in (string[])["7fec87500000-7fec97500000 r--p 00000000 fd:00 99 /lib/libc.so.6", "7fec87500000-7fec97500000 rw-p 00000000 00:00 0 [stack]", "7fec87600000-7fec97600000 ---p 00000000 00:00 0 "])
        {
            string[] maps = [.. Before[..^1], "7fec87401000-7fec87500000 ---p 00000000 00:00 0 ", next];
            Find(maps, 64L * Page).ShouldBe(new HeapRange(0x7fec87000000, 0x7fec87400000), next);
        }
    }

    [Fact]
    public void It_begins_with_a_whole_page()
    {
        string[] maps = ["7fec86fff000-7fec87011000 rw-p 00000000 00:00 0 ", "7fec87011000-7ff7c7401000 ---p 00000000 00:00 0 "];
        Find(maps, Page).ShouldBe(new HeapRange(0x7fec87000000, 0x7fec87200000));
    }

    [Theory]
    [InlineData(0x1000L, 64L * Page)]
    [InlineData(0x7fec87000100, Page - 1L)]
    [InlineData(0x400100L, 64L * Page)]
    public void There_is_none_without_the_object_without_memory_to_spare_or_in_a_file(long address, long most) =>
        HeapRange.Find(Before, (ulong)address, most, Page).ShouldBeNull();

    [Fact]
    public void Lines_of_another_form_end_the_search()
    {
        Find(["what is this", .. Before], 64L * Page).ShouldBeNull();
        Find([.. Before[..4], "?"], 64L * Page).ShouldBe(new HeapRange(0x7fec87000000, 0x7fec87400000));
    }

    private static HeapRange? Find(IEnumerable<string> maps, long most) => HeapRange.Find(maps, 0x7fec87000100, most, Page);
}
