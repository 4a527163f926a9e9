using System.Globalization;
using System.Text;
using System.Xml;

using KubeLint.Analysis;

namespace KubeLint.Reporting;

/// <summary>
/// JUnit's XML as CI systems read it (https://github.com/testmoapp/junitxml): a suite for each file with findings, a failed
/// case for each finding. A clean run has one case that passed, since an empty report counts as a broken one.
/// </summary>
public sealed class JUnitReporter : IReporter
{
    /// <inheritdoc/>
    public void Write(RunReport report, TextWriter output)
    {
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true, CloseOutput = false }))
        {
            // Written by hand: XmlWriter names the encoding of the writer's strings, not that of the file.
            xml.WriteRaw("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", "kubelint");
            WriteCounts(xml, Math.Max(1, report.Diagnostics.Length), report.Diagnostics.Length);
            if (report.Diagnostics.IsEmpty)
            {
                WriteClean(xml, report);
            }

            foreach (var file in report.Diagnostics.GroupBy(diagnostic => report.RepositoryPath(diagnostic.Location.Text.Path), StringComparer.Ordinal))
            {
                WriteSuite(xml, file.Key, [.. file]);
            }

            xml.WriteEndElement();
        }

        output.Write('\n');
    }

    private static void WriteClean(XmlWriter xml, RunReport report)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", "kubelint");
        WriteCounts(xml, 1, 0);
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("name", Summary.Describe(report));
        xml.WriteAttributeString("classname", "kubelint");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteSuite(XmlWriter xml, string path, List<Diagnostic> findings)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Clean(path));
        WriteCounts(xml, findings.Count, findings.Count);
        foreach (var finding in findings)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("name", Clean($"{finding.Rule.Id} {finding.Rule.Name} at {finding.Location.Start}"));
            xml.WriteAttributeString("classname", Clean(path));
            xml.WriteAttributeString("file", Clean(path));
            xml.WriteAttributeString("line", finding.Location.Start.Line.ToString(CultureInfo.InvariantCulture));
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("message", Clean(finding.Message));
            xml.WriteAttributeString("type", finding.Severity.ToWord());
            xml.WriteString(Clean($"{DisplayText.Escape(path)}:{finding.Location.Start} {finding.Message}{(finding.Help is { } help ? $"\nhelp: {help}" : "")}\n{finding.Rule.HelpUri.AbsoluteUri}"));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteCounts(XmlWriter xml, int tests, int failures)
    {
        xml.WriteAttributeString("tests", tests.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", failures.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", "0");
    }

    // XML 1.0 has no way to write most control characters, not even as references.
    private static string Clean(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                result.Append(text[i]).Append(text[++i]);
            }
            else if (XmlConvert.IsXmlChar(text[i]))
            {
                result.Append(text[i]);
            }
            else
            {
                DisplayText.AppendEscape(result, text[i]);
            }
        }

        return result.ToString();
    }
}
