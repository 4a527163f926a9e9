using Snapshooter;
using Snapshooter.Xunit;

namespace KubeLint.Testing;

/// <summary>
/// Compares text with a file that is checked in. The only place that knows the library; a missing file is written, and is
/// an error where <c>SNAPSHOOTER_STRICT_MODE</c> is true.
/// </summary>
public static class Snapshots
{
    /// <summary>Compares with <c>{folder}/__snapshots__/{name}</c>.</summary>
    /// <param name="actual">The text.</param>
    /// <param name="name">The snapshot's file name, with the ending that fits its content.</param>
    /// <param name="folder">The folder of the case, relative to the repository's root.</param>
    public static void Match(string actual, string name, string folder) =>
        Snapshot.Match(actual, new SnapshotFullName(name, Path.Combine(TestPaths.Root, folder)));
}
