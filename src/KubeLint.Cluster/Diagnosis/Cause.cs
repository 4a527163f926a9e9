using System.Text;
using KubeLint.Cluster.Snapshots;

namespace KubeLint.Cluster.Diagnosis;

/// <summary>A command to run, and what for.</summary>
/// <param name="Line">The command line.</param>
/// <param name="Purpose">What it does, as a sentence without a final stop.</param>
public sealed record Command(string Line, string Purpose);

/// <summary>What an edit of the repository is to change.</summary>
public enum EditGoal
{
    /// <summary>Nothing in the repository.</summary>
    None,

    /// <summary>The tag.</summary>
    Tag,

    /// <summary>The tag, and the policy where it pulls always.</summary>
    TagAndPolicy,

    /// <summary>The image's name.</summary>
    Name,

    /// <summary>The pull secrets.</summary>
    PullSecrets,

    /// <summary>The suspension.</summary>
    Suspend,
}

/// <summary>An edit of the repository.</summary>
/// <param name="Path">The file, relative to the repository, with forward slashes.</param>
/// <param name="Line">The line that matters, 1-based.</param>
/// <param name="Diff">A unified diff; null where nobody confirmed what to write there.</param>
/// <param name="Note">What to do, as a sentence.</param>
public sealed record SourceEdit(string Path, int Line, string? Diff, string Note);

/// <summary>A cause with what decides it and what to do.</summary>
public sealed record Cause
{
    /// <summary>The weight of what is only the outward sign of any other cause that there is.</summary>
    internal const int Soft = 30;

    /// <summary>Which one.</summary>
    public required CauseKind Kind { get; init; }

    /// <summary>How strongly it is decided and how deep it lies: the highest is the root.</summary>
    public required int Weight { get; init; }

    /// <summary>The cause in one sentence.</summary>
    public required string Title { get; init; }

    /// <summary>What was seen that decides it.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>The container that it was seen at, or null.</summary>
    public ContainerView? Container { get; init; }

    /// <summary>Causes that are only this one's outward sign: they are not named beside it.</summary>
    public IReadOnlyList<CauseKind> Explains { get; init; } = [];

    /// <summary>What to change in the repository.</summary>
    public EditGoal Goal { get; init; }

    /// <summary>What to do, one step each.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>The commands to run.</summary>
    public IReadOnlyList<Command> Commands { get; init; } = [];

    /// <summary>The place in the repository, where one is known.</summary>
    public SourceEdit? Edit { get; init; }

    /// <summary>The cause's name in output: <c>tag-not-found</c>.</summary>
    public string Code
    {
        get
        {
            var text = new StringBuilder();
            foreach (var c in Kind.ToString())
            {
                if (char.IsAsciiLetterUpper(c) && text.Length > 0)
                {
                    text.Append('-');
                }

                text.Append(char.ToLowerInvariant(c));
            }

            return text.ToString();
        }
    }
}
