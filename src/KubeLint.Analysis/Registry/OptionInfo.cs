namespace KubeLint.Analysis;

/// <summary>An option of a rule, as its documentation shows it.</summary>
/// <param name="Name">The key below <c>options</c>; a dot leads into a nested record.</param>
/// <param name="Type">What it takes: <c>boolean</c>, <c>integer</c>, <c>string</c>, <c>list of strings</c>, or the words of an enumeration.</param>
/// <param name="Description">What it does: the doc comment of the record's member.</param>
public sealed record OptionInfo(string Name, string Type, string Description);
