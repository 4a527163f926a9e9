using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace KubeLint.Generators;

/// <summary>Reads doc comments.</summary>
internal static class Documentation
{
    /// <summary>The summary of a doc comment as one line of Markdown; empty where there is none.</summary>
    public static string Summary(string? xml)
    {
        if (string.IsNullOrEmpty(xml))
        {
            return "";
        }

        try
        {
            var summary = XElement.Parse(xml).Element("summary");
            return summary is null ? "" : OneLine(string.Concat(summary.Nodes().Select(Text)));
        }
        catch (XmlException)
        {
            return "";
        }
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" or "code" } code => $"`{code.Value}`",
        XElement element => (string?)element.Attribute("cref") is { } cref ? $"`{cref.Substring(cref.LastIndexOf('.') + 1)}`" : element.Value,
        _ => "",
    };

    private static string OneLine(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            result.Append(result.Length == 0 ? "" : " ").Append(word);
        }

        return result.ToString();
    }
}
