using System.Globalization;
using System.Text;

using KubeLint.Yaml;

namespace KubeLint.Kustomize.Output;

/// <summary>
/// Emits one object with the layout of go-yaml v2's emitter: two blanks of indentation, sequences in mappings not
/// indented, long flow scalars folded at blanks behind column 80. Columns count code points from 0.
/// </summary>
internal sealed class BlockEmitter
{
    private const int BestIndent = 2;
    private const int BestWidth = 80;
    private const int MaxSimpleKeyBytes = 128;

    private readonly StringBuilder output;
    private readonly List<LineOrigin>? origins;
    private int column;
    private int indent = -1;
    private bool afterWhitespace = true;
    private bool isIndention = true;

    /// <summary>An emitter at the start of a line.</summary>
    /// <param name="output">Where the text goes.</param>
    /// <param name="origins">Where, for each line, its node goes; null where no one asks.</param>
    public BlockEmitter(StringBuilder output, List<LineOrigin>? origins = null)
    {
        this.output = output;
        this.origins = origins;
    }

    /// <summary>Emits an object and a line break.</summary>
    public void EmitDocument(YamlNode node)
    {
        Emit(node, inMapping: false);
        WriteIndent();
    }

    private void Emit(YamlNode node, bool inMapping)
    {
        switch (node.Resolved)
        {
            case YamlMapping mapping:
                EmitMapping(mapping);
                break;
            case YamlSequence sequence:
                EmitSequence(sequence, inMapping);
                break;
            case YamlScalar scalar:
                Mark(scalar);
                EmitValue(scalar);
                break;
        }
    }

    private void EmitMapping(YamlMapping mapping)
    {
        var entries = SortedEntries.Of(mapping);
        if (entries.Length == 0)
        {
            Mark(mapping);
            WriteIndicator("{", needsBlank: true, isBlank: true);
            WriteIndicator("}");
            return;
        }

        var outer = indent;
        indent = indent < 0 ? 0 : indent + BestIndent;
        foreach (var (name, entry) in entries)
        {
            WriteIndent();
            Mark(entry.Key);
            var traits = ScalarTraits.Of(name);
            if (!traits.IsMultiline && Encoding.UTF8.GetByteCount(name) <= MaxSimpleKeyBytes)
            {
                EmitString(name, traits, isSimpleKey: true);
                WriteIndicator(":");
            }
            else
            {
                WriteIndicator("?", needsBlank: true, keepsIndention: true);
                EmitString(name, traits, isSimpleKey: false);
                WriteIndent();
                WriteIndicator(":", needsBlank: true, keepsIndention: true);
            }

            Emit(entry.Value, inMapping: true);
        }

        indent = outer;
    }

    private void EmitSequence(YamlSequence sequence, bool inMapping)
    {
        if (sequence.Items.IsEmpty)
        {
            Mark(sequence);
            WriteIndicator("[", needsBlank: true, isBlank: true);
            WriteIndicator("]");
            return;
        }

        var outer = indent;
        if (indent < 0)
        {
            indent = 0;
        }
        else if (!inMapping || isIndention)
        {
            indent += BestIndent;
        }

        foreach (var item in sequence.Items)
        {
            WriteIndent();
            WriteIndicator("-", needsBlank: true, keepsIndention: true);
            Emit(item, inMapping: false);
        }

        indent = outer;
    }

    private void EmitValue(YamlScalar scalar)
    {
        var resolved = ScalarResolver.Resolve(scalar);
        if (resolved.Type == YamlScalarType.String)
        {
            EmitString(resolved.Text, ScalarTraits.Of(resolved.Text), isSimpleKey: false, scalar);
        }
        else
        {
            WritePlain(resolved.Text, mayFold: false);
        }
    }

    private void EmitString(string value, ScalarTraits traits, bool isSimpleKey, YamlScalar? scalar = null)
    {
        var outer = indent;
        indent = indent < 0 ? BestIndent : indent + BestIndent;
        var hasLineFeed = value.Contains('\n', StringComparison.Ordinal);
        if (hasLineFeed && traits.AllowsBlock && !isSimpleKey)
        {
            WriteLiteral(value, scalar);
        }
        else if (hasLineFeed || ScalarResolver.NeedsQuotes(value))
        {
            WriteDoubleQuoted(value, mayFold: !isSimpleKey);
        }
        else if (traits.AllowsPlain)
        {
            WritePlain(value, mayFold: !isSimpleKey);
        }
        else if (traits.AllowsSingleQuotes)
        {
            WriteSingleQuoted(value, mayFold: !isSimpleKey);
        }
        else
        {
            WriteDoubleQuoted(value, mayFold: !isSimpleKey);
        }

        indent = outer;
    }

    private void WritePlain(string value, bool mayFold)
    {
        if (!afterWhitespace)
        {
            Put(' ');
        }

        if (!mayFold || column + value.Length <= BestWidth)
        {
            PutRun(value);
        }
        else
        {
            var afterBlank = false;
            for (var i = 0; i < value.Length; i++)
            {
                var isBlank = value[i] == ' ';
                if (isBlank && !afterBlank && column > BestWidth && value[i + 1] != ' ')
                {
                    WriteIndent();
                }
                else
                {
                    Put(value[i]);
                }

                afterBlank = isBlank;
                isIndention &= isBlank;
            }
        }

        afterWhitespace = false;
        isIndention = false;
    }

    private void WriteSingleQuoted(string value, bool mayFold)
    {
        WriteIndicator("'", needsBlank: true);
        bool afterBlank = false, afterBreak = false;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == ' ')
            {
                if (mayFold && !afterBlank && column > BestWidth && i > 0 && i < value.Length - 1 && value[i + 1] != ' ')
                {
                    WriteIndent();
                }
                else
                {
                    Put(c);
                }

                afterBlank = true;
                continue;
            }

            if (ScalarTraits.IsBreak(c))
            {
                // Line feeds never come here: they make a block or double quotes.
                PutBreak(c);
                isIndention = true;
                afterBreak = true;
                continue;
            }

            if (afterBreak)
            {
                WriteIndent();
            }

            if (c == '\'')
            {
                Put(c);
            }

            Put(c);
            isIndention = false;
            afterBlank = false;
            afterBreak = false;
        }

        WriteIndicator("'");
        afterWhitespace = false;
        isIndention = false;
    }

    private void WriteDoubleQuoted(string value, bool mayFold)
    {
        WriteIndicator("\"", needsBlank: true);
        // The emitter's test for a byte order mark looks at the start of the whole text.
        var escapesAll = value.Length > 0 && value[0] == '\uFEFF';
        var afterBlank = false;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (escapesAll || !ScalarTraits.IsPrintable(c) || ScalarTraits.IsBreak(c) || c is '"' or '\\')
            {
                i += WriteEscape(value, i) - 1;
                afterBlank = false;
            }
            else if (c == ' ')
            {
                if (mayFold && !afterBlank && column > BestWidth && i > 0 && i < value.Length - 1)
                {
                    WriteIndent();
                    if (value[i + 1] == ' ')
                    {
                        Put('\\');
                    }
                }
                else
                {
                    Put(c);
                }

                afterBlank = true;
            }
            else
            {
                Put(c);
                afterBlank = false;
            }
        }

        WriteIndicator("\"");
        afterWhitespace = false;
        isIndention = false;
    }

    // Gives how many code units were read. Half a surrogate pair is what JSON makes of it: U+FFFD.
    private int WriteEscape(string value, int index)
    {
        var c = value[index];
        var shortForm = c switch
        {
            '\0' => '0',
            '\a' => 'a',
            '\b' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\v' => 'v',
            '\f' => 'f',
            '\r' => 'r',
            '\e' => 'e',
            '"' => '"',
            '\\' => '\\',
            '\u0085' => 'N',
            '\u00A0' => '_',
            '\u2028' => 'L',
            '\u2029' => 'P',
            _ => '\0',
        };
        if (shortForm != '\0')
        {
            Put('\\');
            Put(shortForm);
            return 1;
        }

        var status = Rune.DecodeFromUtf16(value.AsSpan(index), out var rune, out var length);
        if (status != System.Buffers.OperationStatus.Done)
        {
            Put('\uFFFD');
            return 1;
        }

        var escape = rune.Value switch
        {
            <= 0xFF => string.Create(CultureInfo.InvariantCulture, $"\\x{rune.Value:X2}"),
            <= 0xFFFF => string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}"),
        };
        PutRun(escape);
        return length;
    }

    private void WriteLiteral(string value, YamlScalar? scalar)
    {
        WriteIndicator("|", needsBlank: true);
        if (value[0] == ' ' || ScalarTraits.IsBreak(value[0]))
        {
            WriteIndicator("2");
        }

        if (!ScalarTraits.IsBreak(value[^1]))
        {
            WriteIndicator("-");
        }
        else if (value.Length == 1 || ScalarTraits.IsBreak(value[^2]))
        {
            WriteIndicator("+");
        }

        PutBreak('\n');
        isIndention = true;
        afterWhitespace = true;
        var afterBreak = true;
        for (var i = 0; i < value.Length;)
        {
            if (afterBreak)
            {
                Mark(scalar, i);
            }

            if (ScalarTraits.IsBreak(value[i]))
            {
                PutBreak(value[i]);
                isIndention = true;
                afterBreak = true;
                i++;
                continue;
            }

            if (afterBreak)
            {
                WriteIndent();
            }

            var length = value.AsSpan(i).IndexOfAny("\n\u2028\u2029");
            length = length < 0 ? value.Length - i : length;
            PutRun(value.AsSpan(i, length));
            isIndention = false;
            afterBreak = false;
            i += length;
        }
    }

    private void WriteIndent()
    {
        var wanted = Math.Max(indent, 0);
        if (!isIndention || column > wanted || (column == wanted && !afterWhitespace))
        {
            PutBreak('\n');
        }

        if (column < wanted)
        {
            output.Append(' ', wanted - column);
            column = wanted;
        }

        afterWhitespace = true;
        isIndention = true;
    }

    private void WriteIndicator(string indicator, bool needsBlank = false, bool isBlank = false, bool keepsIndention = false)
    {
        if (needsBlank && !afterWhitespace)
        {
            Put(' ');
        }

        PutRun(indicator);
        afterWhitespace = isBlank;
        isIndention &= keepsIndention;
    }

    private void PutRun(ReadOnlySpan<char> text)
    {
        output.Append(text);
        column += text.Length;
    }

    private void Put(char c)
    {
        output.Append(c);
        column++;
    }

    private void PutBreak(char c)
    {
        output.Append(c);
        column = 0;
        if (c == '\n')
        {
            origins?.Add(default);
        }
    }

    private void Mark(YamlNode? node, int offset = -1)
    {
        if (origins is not null && node is not null)
        {
            origins[^1] = new LineOrigin(node, offset);
        }
    }
}
