using System.Collections.Immutable;
using System.Text;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>
/// A text with variable expressions, as Flux's envsubst reads it (https://github.com/fluxcd/pkg/tree/main/envsubst). Only
/// <c>${…}</c> is an expression; <c>$$</c> outside of one is an escaped <c>$</c>. The grammar is Flux's, not a shell's:
/// where they differ (<c>${A-x}</c> is an error, <c>${A:+x}</c> a default), Flux's counts.
/// </summary>
public sealed class VariableTemplate
{
    private VariableTemplate(string text, ImmutableArray<TemplatePart> parts, TemplateError? error)
    {
        Text = text;
        Parts = parts;
        Error = error;
    }

    /// <summary>The text that was read.</summary>
    public string Text { get; }

    /// <summary>Literal text and expressions, in order; what stands before the error where there is one.</summary>
    public ImmutableArray<TemplatePart> Parts { get; }

    /// <summary>Why the text cannot be read; null where it can. Flux fails the whole build for it.</summary>
    public TemplateError? Error { get; }

    /// <summary>Whether the text could differ after substitution. Cheap: most texts have no <c>$</c>.</summary>
    public static bool MayChange(string text)
    {
        var at = text.IndexOf('$', StringComparison.Ordinal);
        while (at >= 0 && at + 1 < text.Length)
        {
            if (text[at + 1] is '{' or '$')
            {
                return true;
            }

            at = text.IndexOf('$', at + 1);
        }

        return false;
    }

    /// <summary>Reads a text. Never throws; a text that Flux rejects has an <see cref="Error"/>.</summary>
    public static VariableTemplate Parse(string text) => new Parser(text).ParseAll();

    /// <summary>The expressions, nested ones included, outer before inner.</summary>
    public IReadOnlyList<VariableExpression> Expressions()
    {
        var found = new List<VariableExpression>(Parts.Length);
        AddExpressions(Parts, found);
        return found;
    }

    private static void AddExpressions(ImmutableArray<TemplatePart> parts, List<VariableExpression> found)
    {
        foreach (var part in parts)
        {
            if (part is VariableExpression expression)
            {
                found.Add(expression);
                AddExpressions(expression.Arguments, found);
            }
        }
    }

    private sealed class Parser(string text)
    {
        private const int MaxNesting = 64;

        private readonly ImmutableArray<TemplatePart>.Builder parts = ImmutableArray.CreateBuilder<TemplatePart>(1);
        private int position;
        private TemplateError? error;

        // What one token may be made of; a token ends before a character that is not accepted. `count` is that character's number, from 1.
        private delegate bool Accept(char c, int count);

        public VariableTemplate ParseAll()
        {
            while (position < text.Length && error is null)
            {
                if (AtExpression())
                {
                    if (ParseExpression(0) is { } expression)
                    {
                        parts.Add(expression);
                    }
                }
                else
                {
                    parts.Add(Token(static (_, _) => true, nests: true, escapes: Escapes.Dollar)!);
                }
            }

            return new VariableTemplate(text, parts.DrainToImmutable(), error);
        }

        private bool AtExpression() => At(position) == '$' && At(position + 1) == '{';

        private char At(int index) => index < text.Length ? text[index] : '\0';

        private VariableExpression? ParseExpression(int nesting)
        {
            var start = position;
            if (nesting > MaxNesting)
            {
                return Fail(start, $"expressions nest deeper than {MaxNesting} levels");
            }

            position += 2;
            if (At(position) == '#')
            {
                position++;
                var measured = Name();
                return measured is null ? Fail(start, "a variable's name is expected after '${#'") : Close(start, measured, "#", []);
            }

            var name = Name();
            if (name is null)
            {
                return Fail(start, position >= text.Length ? "the expression is not closed" : "a variable's name (letters, digits, '_') is expected after '${'");
            }

            return At(position) switch
            {
                ':' when At(position + 1) is '=' or '-' or '?' or '+' => ParseDefault(start, name, 2, nesting),
                ':' => ParseSubstring(start, name, nesting),
                '=' => ParseDefault(start, name, 1, nesting),
                ',' or '^' => Close(start, name, Repeated(',', '^'), []),
                '/' => ParseReplace(start, name, nesting),
                '#' => ParseRemove(start, name, Repeated('#', '#'), nesting),
                '%' => ParseRemove(start, name, Repeated('%', '%'), nesting),
                _ => Close(start, name, "", []),
            };
        }

        private TextPart? Name() => Token(static (c, _) => char.IsLetter(c) || char.IsDigit(c) || c == '_', nests: false, Escapes.None);

        // One or two of the characters.
        private string Repeated(char first, char second)
        {
            var begin = position++;
            if (At(position) == first || At(position) == second)
            {
                position++;
            }

            return text[begin..position];
        }

        private VariableExpression? ParseDefault(int start, TextPart name, int operatorLength, int nesting)
        {
            var op = text.Substring(position, operatorLength);
            position += operatorLength;
            var arguments = ImmutableArray.CreateBuilder<TemplatePart>(1);
            while (At(position) != '}')
            {
                if (Argument(static (c, _) => c != '}', Escapes.None, nesting) is not { } argument)
                {
                    return Fail(start, "the expression is not closed");
                }

                arguments.Add(argument);
            }

            return Close(start, name, op, arguments.DrainToImmutable());
        }

        private VariableExpression? ParseSubstring(int start, TextPart name, int nesting)
        {
            position++;
            if (At(position) > '\x7f')
            {
                // Flux's reader steps back by the width of the wrong character here.
                return Fail(start, "an offset is expected after ':'");
            }

            if (Argument(static (c, _) => c is not (':' or '}'), Escapes.None, nesting) is not { } offset)
            {
                return Fail(start, "an offset is expected after ':'");
            }

            if (At(position) == '}')
            {
                return Close(start, name, ":", [offset]);
            }

            // Flux takes any number of colons for the one that stands before the length.
            if (Token(static (c, _) => c == ':', nests: false, Escapes.None) is null)
            {
                return Fail(start, "':' or '}' is expected after the offset");
            }

            return Argument(static (c, _) => c != '}', Escapes.None, nesting) is { } length
                ? Close(start, name, ":", [offset, length])
                : Fail(start, "a length is expected after the second ':'");
        }

        private VariableExpression? ParseRemove(int start, TextPart name, string op, int nesting) =>
            Argument(static (c, _) => c != '}', Escapes.None, nesting) is { } pattern
                ? Close(start, name, op, [pattern])
                : Fail(start, $"a pattern is expected after '{op}'");

        private VariableExpression? ParseReplace(int start, TextPart name, int nesting)
        {
            var begin = position++;
            if (At(position) is '/' or '#' or '%')
            {
                position++;
            }

            var op = text[begin..position];
            if (Argument(static (c, _) => c != '/', Escapes.DollarAndBackslash, nesting) is not { } pattern)
            {
                return Fail(start, $"a pattern is expected after '{op}'");
            }

            if (Token(static (c, _) => c == '/', nests: false, Escapes.None) is null)
            {
                return Fail(start, "'/' and a replacement are expected after the pattern");
            }

            if (At(position) == '}')
            {
                return Close(start, name, op, [pattern]);
            }

            return Argument(static (c, _) => c != '}', Escapes.DollarAndBackslash, nesting) is { } replacement
                ? Close(start, name, op, [pattern, replacement])
                : Fail(start, "the expression is not closed");
        }

        private TemplatePart? Argument(Accept accept, Escapes escapes, int nesting) =>
            AtExpression() ? ParseExpression(nesting + 1) : Token(accept, nests: true, escapes);

        private VariableExpression? Close(int start, TextPart name, string op, ImmutableArray<TemplatePart> arguments)
        {
            if (error is not null)
            {
                return null;
            }

            if (At(position) != '}')
            {
                var expected = position >= text.Length ? "the expression is not closed"
                    : op.Length > 0 ? $"'}}' is expected, not '{text[position]}'"
                    : $"'}}' or an operator is expected after the name '{name.Value}', not '{text[position]}'";
                return Fail(start, expected);
            }

            position++;
            return new VariableExpression(TextSpan.FromBounds(start, position), name.Value, name.Span, op, arguments);
        }

        private TextPart? Token(Accept accept, bool nests, Escapes escapes)
        {
            var start = position;
            StringBuilder? unescaped = null;
            while (position < text.Length && !(nests && AtExpression()))
            {
                var c = text[position];
                if (IsEscape(c, At(position + 1), escapes))
                {
                    unescaped ??= new StringBuilder(text, start, position - start, text.Length - start);
                    unescaped.Append(text[position + 1]);
                    position += 2;
                }
                else if (accept(c, position - start + 1))
                {
                    unescaped?.Append(c);
                    position++;
                }
                else
                {
                    break;
                }
            }

            return position == start ? null : new TextPart(TextSpan.FromBounds(start, position), unescaped?.ToString() ?? text[start..position]);
        }

        private static bool IsEscape(char c, char next, Escapes escapes) =>
            (c == '$' && next == '$' && escapes != Escapes.None) || (c == '\\' && next is '/' or '\\' && escapes == Escapes.DollarAndBackslash);

        private VariableExpression? Fail(int start, string message)
        {
            error ??= new TemplateError(TextSpan.FromBounds(start, Math.Clamp(position + 1, start + 1, text.Length)), message);
            return null;
        }

        private enum Escapes
        {
            None,
            Dollar,
            DollarAndBackslash,
        }
    }
}

/// <summary>Why Flux cannot read a text with expressions.</summary>
/// <param name="Span">From the expression's <c>$</c> to where it goes wrong; offsets of the text that was read.</param>
/// <param name="Message">What was expected: a sentence's end, without capital and stop.</param>
public sealed record TemplateError(TextSpan Span, string Message);

/// <summary>A part of a <see cref="VariableTemplate"/>.</summary>
/// <param name="Span">Its range in the text that was read.</param>
public abstract record TemplatePart(TextSpan Span);

/// <summary>Literal text.</summary>
/// <param name="Span">Its range as written.</param>
/// <param name="Value">The text, escapes resolved.</param>
public sealed record TextPart(TextSpan Span, string Value) : TemplatePart(Span);

/// <summary>An expression: <c>${NAME}</c>, <c>${NAME:=default}</c>, <c>${NAME/a/b}</c> …</summary>
/// <param name="Span">From <c>$</c> to <c>}</c>.</param>
/// <param name="Name">The variable's name.</param>
/// <param name="NameSpan">The name's range.</param>
/// <param name="Operator">The operator as written; empty for a plain <c>${NAME}</c>, <c>#</c> without arguments for the length.</param>
/// <param name="Arguments">What stands behind the operator. A default is made of all of them, joined.</param>
public sealed record VariableExpression(TextSpan Span, string Name, TextSpan NameSpan, string Operator, ImmutableArray<TemplatePart> Arguments)
    : TemplatePart(Span)
{
    /// <summary>Whether the operator gives a value where the variable has none, so that strict substitution does not fail.</summary>
    public bool HasDefault => Operator is "=" or ":=" or ":-" or ":?" or ":+";
}
