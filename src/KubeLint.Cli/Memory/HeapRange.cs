using System.Globalization;

namespace KubeLint.Cli;

/// <summary>A range of addresses that the heap will grow into.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends; the address behind it.</param>
internal readonly record struct HeapRange(ulong Start, ulong End)
{
    /// <summary>
    /// Finds the range around an object and behind it which the collector has reserved: private memory of no file without a gap, accessible or not.
    /// </summary>
    /// <param name="maps">The lines of <c>/proc/self/maps</c> (man 5 proc_pid_maps).</param>
    /// <param name="address">Where an object of the youngest generation lies.</param>
    /// <param name="most">How many bytes are wanted at most.</param>
    /// <param name="alignment">What both ends are multiples of: a power of two.</param>
    /// <returns>The range; null where there is none.</returns>
    public static HeapRange? Find(IEnumerable<string> maps, ulong address, long most, int alignment)
    {
        ulong start = 0;
        ulong end = 0;
        foreach (var line in maps)
        {
            if (!TryParse(line, out var mapping, out var isReserved))
            {
                break;
            }

            if (end > 0)
            {
                if (!isReserved || mapping.Start != end)
                {
                    break;
                }

                end = mapping.End;
            }
            else if (mapping.Start <= address && address < mapping.End)
            {
                start = mapping.Start;
                end = isReserved ? mapping.End : 0;
            }
        }

        var mask = (ulong)alignment - 1;
        start = (start + mask) & ~mask;
        end = Math.Min(end, start + (ulong)most) & ~mask;
        return end > start ? new HeapRange(start, end) : null;
    }

    // 7fec87000000-7fec87011000 rw-p 00000000 00:00 0
    private static bool TryParse(string line, out HeapRange range, out bool isReserved)
    {
        range = default;
        isReserved = false;
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 5 || fields[0].Split('-') is not [var first, var behind]
            || !ulong.TryParse(first, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var start)
            || !ulong.TryParse(behind, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var end))
        {
            return false;
        }

        range = new HeapRange(start, end);
        isReserved = fields is [_, "rw-p" or "---p", _, _, "0"];
        return true;
    }
}
