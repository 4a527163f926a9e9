using System.Collections.Immutable;

using KubeLint.Analysis;

namespace KubeLint.Cli;

/// <summary>What the options of <c>kubelint lint</c> ask for, whatever the files are.</summary>
/// <param name="FailOn">The least severity that fails the run; null for none.</param>
/// <param name="Targets">Where the report goes.</param>
/// <param name="Rules">The rules that there are.</param>
/// <param name="Selection">What the run is limited to.</param>
/// <param name="Pins">The tag to pin each image to, by its name.</param>
internal sealed record LintPlan(
    Severity? FailOn,
    ReportTargets Targets,
    RuleSource Rules,
    RuleSelection Selection,
    ImmutableDictionary<string, string> Pins)
{
    /// <summary>What is to be said of the names of rules that the options use.</summary>
    public IEnumerable<AnalysisNote> Notes() =>
        Selection.Select.Concat(Selection.Ignore).Select(Rules.Catalog.NoteOn).OfType<string>().Distinct().Select(note => new AnalysisNote(note));
}
