using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Navigation;

/// <summary>Finds the node at a place of a file, in texts inside scalars (inline patches, values in a ConfigMap), too.</summary>
internal static class NodeFinder
{
    /// <summary>The node at an offset of the file; null where no document is.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">The offset in its text. A place just behind a token belongs to it.</param>
    /// <param name="opensScalars">Whether to look into texts inside block scalars.</param>
    public static NodePlace? At(YamlFile file, int offset, bool opensScalars = true)
    {
        NodePlace? result = null;
        foreach (var document in file.Documents)
        {
            if (document.Root is { } root && document.Span.Touches(offset))
            {
                result = At(new NodePlace { Root = root, Node = root }, offset, opensScalars);
            }
        }

        return result;
    }

    // Trees are at most as deep as YamlLimits.MaxDepth. Places are the file's, through however many texts inside scalars.
    private static NodePlace At(NodePlace place, int offset, bool opensScalars)
    {
        switch (place.Node)
        {
            case YamlMapping mapping:
                return Nearest(mapping, offset) is var (entry, isKey)
                    ? At(
                        place with
                        {
                            Node = isKey ? entry.Key : entry.Value,
                            Entry = entry,
                            IsKey = isKey,
                            Path = place.Path.Add(PathStep.To(entry.Name)),
                            Parents = place.Parents.Add(mapping),
                        },
                        offset,
                        opensScalars)
                    : place;
            case YamlSequence sequence:
                var index = Nearest(sequence, offset);
                return index < 0 ? place
                    : At(
                        place with
                        {
                            Node = sequence.Items[index],
                            Entry = null,
                            IsKey = false,
                            Path = place.Path.Add(PathStep.To(index)),
                            Parents = place.Parents.Add(sequence),
                        },
                        offset,
                        opensScalars);
            case YamlScalar { Style: YamlScalarStyle.Literal or YamlScalarStyle.Folded } scalar when opensScalars && !place.IsKey:
                return Inside(place, scalar, offset) ?? place;
            default:
                return place;
        }
    }

    private static NodePlace? Inside(NodePlace outer, YamlScalar scalar, int offset)
    {
        var inner = YamlParser.Parse(scalar.EmbeddedText());
        foreach (var document in inner.Documents)
        {
            if (document.Root is YamlMapping or YamlSequence && document.Root.Location.Span.Touches(offset))
            {
                return At(new NodePlace { Root = document.Root, Node = document.Root, Outer = outer }, offset, opensScalars: true);
            }
        }

        return null;
    }

    private static (YamlEntry Entry, bool IsKey)? Nearest(YamlMapping mapping, int offset)
    {
        (YamlEntry, bool)? touching = null;
        foreach (var entry in mapping.Entries)
        {
            foreach (var isKey in (ReadOnlySpan<bool>)[true, false])
            {
                var span = (isKey ? entry.Key : entry.Value).Location.Span;
                if (span.Touches(offset))
                {
                    if (offset < span.End)
                    {
                        return (entry, isKey);
                    }

                    touching ??= (entry, isKey);
                }
            }
        }

        return touching;
    }

    private static int Nearest(YamlSequence sequence, int offset)
    {
        var touching = -1;
        for (var i = 0; i < sequence.Items.Length; i++)
        {
            var span = sequence.Items[i].Location.Span;
            if (span.Touches(offset))
            {
                if (offset < span.End)
                {
                    return i;
                }

                touching = touching < 0 ? i : touching;
            }
        }

        return touching;
    }
}
