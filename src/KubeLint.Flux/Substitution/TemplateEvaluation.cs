using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace KubeLint.Flux;

/// <summary>What a template gives with a set of variables.</summary>
/// <param name="Text">The text. Expressions whose value is unknown stand in it as written.</param>
/// <param name="IsUnknown">Whether part of the text depends on an unknown value.</param>
/// <param name="Undefined">The expressions for which strict substitution fails: no variable, no default.</param>
/// <param name="Error">Why Flux cannot evaluate the template; null where it can.</param>
public sealed record TemplateResult(string Text, bool IsUnknown, ImmutableArray<VariableExpression> Undefined, string? Error);

/// <summary>Evaluates templates as Flux's envsubst does (https://github.com/fluxcd/pkg/blob/main/envsubst/funcs.go).</summary>
public static class TemplateEvaluation
{
    /// <summary>Evaluates a template. An undefined variable gives the empty string and is listed.</summary>
    /// <param name="template">The template; what stands before its error where it has one.</param>
    /// <param name="variables">The variables.</param>
    public static TemplateResult Evaluate(VariableTemplate template, VariableSet variables) =>
        new Evaluator(template.Text, variables).Run(template.Parts);

    /// <summary>Evaluates one part of a template.</summary>
    internal static TemplateResult Evaluate(VariableTemplate template, TemplatePart part, VariableSet variables) =>
        part is TextPart literal ? new TemplateResult(literal.Value, false, [], null) : new Evaluator(template.Text, variables).Run(part);

    private sealed class Evaluator(string text, VariableSet variables)
    {
        private readonly ImmutableArray<VariableExpression>.Builder undefined = ImmutableArray.CreateBuilder<VariableExpression>(0);
        private bool isUnknown;
        private string? error;

        public TemplateResult Run(ImmutableArray<TemplatePart> parts)
        {
            var result = new StringBuilder();
            foreach (var part in parts)
            {
                result.Append(Write(part));
            }

            return Make(result.ToString());
        }

        public TemplateResult Run(TemplatePart part) => Make(Write(part));

        private TemplateResult Make(string result) => new(result, isUnknown, undefined.ToImmutable(), error);

        private string Write(TemplatePart part)
        {
            if (Evaluate(part) is { } value)
            {
                return value;
            }

            isUnknown = true;
            return text.Substring(part.Span.Start, part.Span.Length);
        }

        // Null: unknown.
        private string? Evaluate(TemplatePart part) => part switch
        {
            TextPart literal => literal.Value,
            VariableExpression expression => Evaluate(expression),
            _ => throw new InvalidOperationException("A template has text and expressions only"),
        };

        private string? Evaluate(VariableExpression expression)
        {
            // Flux evaluates the arguments first, needed or not: an undefined variable in an unused default fails too.
            var arguments = new List<string>(expression.Arguments.Length);
            var hasUnknownArgument = false;
            foreach (var argument in expression.Arguments)
            {
                var value = Evaluate(argument);
                hasUnknownArgument |= value is null;
                arguments.Add(value ?? "");
            }

            var state = variables.StateOf(expression.Name);
            if (state == VariableState.Unknown)
            {
                return null;
            }

            if (state == VariableState.Undefined && !expression.HasDefault)
            {
                undefined.Add(expression);
            }

            var text = variables.Find(expression.Name)?.Value ?? "";
            return hasUnknownArgument && !(expression.HasDefault && text.Length > 0) ? null : Apply(expression.Operator, text, arguments);
        }

        private string Apply(string op, string value, List<string> arguments)
        {
            switch (op)
            {
                case ",":
                    return First(value, Rune.ToLowerInvariant);
                case ",,":
                    return value.ToLowerInvariant();
                case "^":
                    return First(value, Rune.ToUpperInvariant);
                case "^^":
                    return value.ToUpperInvariant();
                case "#" when arguments.Count == 0:
                    return Encoding.UTF8.GetByteCount(value).ToString(CultureInfo.InvariantCulture);
                case "#":
                    return TrimShortest(value, arguments[0]);
                case "##":
                    return TrimLongest(value, arguments[0]);
                case "%":
                    return Reverse(TrimShortest(Reverse(value), Reverse(arguments[0])));
                case "%%":
                    return Reverse(TrimLongest(Reverse(value), Reverse(arguments[0])));
                case ":":
                    return Substring(value, arguments);
                case "/":
                    return ReplaceFirst(value, arguments[0], arguments.Count > 1 ? arguments[1] : "");
                case "//":
                    return ReplaceAll(value, arguments[0], arguments.Count > 1 ? arguments[1] : "");
                case "/#":
                    return arguments.Count == 2 && value.StartsWith(arguments[0], StringComparison.Ordinal)
                        ? string.Concat(arguments[1], value.AsSpan(arguments[0].Length))
                        : value;
                case "/%":
                    return arguments.Count == 2 && value.EndsWith(arguments[0], StringComparison.Ordinal)
                        ? string.Concat(value.AsSpan(0, value.Length - arguments[0].Length), arguments[1])
                        : value;
                default:
                    return value.Length > 0 ? value : string.Concat(arguments);
            }
        }

        private static string First(string value, Func<Rune, Rune> change)
        {
            return value.Length > 0 && Rune.TryGetRuneAt(value, 0, out var first)
                ? string.Concat(change(first).ToString(), value.AsSpan(first.Utf16SequenceLength))
                : value;
        }

        // Offsets and lengths count bytes.
        private string Substring(string value, List<string> arguments)
        {
            if (!TryParseNumber(arguments[0], out var position))
            {
                return value;
            }

            var bytes = Encoding.UTF8.GetBytes(value);
            if (position < 0)
            {
                position = Math.Max(0, bytes.Length + position);
            }

            if (arguments.Count == 1)
            {
                return position < bytes.Length ? Encoding.UTF8.GetString(bytes, (int)position, bytes.Length - (int)position) : "";
            }

            if (!TryParseNumber(arguments[1], out var length))
            {
                return value;
            }

            if (length < 0 && position + length < bytes.Length)
            {
                error ??= $"a negative length ({length}) makes Flux's substitution fail";
                return value;
            }

            if (position >= bytes.Length)
            {
                return "";
            }

            var count = (int)Math.Min(length, bytes.Length - position);
            return Encoding.UTF8.GetString(bytes, (int)position, count);
        }

        private static bool TryParseNumber(string text, out long number)
        {
            // Within 32 bits, so that sums cannot overflow; larger numbers mean "past the end" all the same.
            var isNumber = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
            number = Math.Clamp(number, int.MinValue, int.MaxValue);
            return isNumber;
        }

        private static string ReplaceFirst(string value, string pattern, string replacement)
        {
            var at = value.IndexOf(pattern, StringComparison.Ordinal);
            return at < 0 ? value : string.Concat(value.AsSpan(0, at), replacement, value.AsSpan(at + pattern.Length));
        }

        private static string ReplaceAll(string value, string pattern, string replacement) => pattern.Length > 0
            ? value.Replace(pattern, replacement, StringComparison.Ordinal)
            : string.Concat(value.EnumerateRunes().Select(rune => replacement + rune)) + replacement;

        private static string TrimShortest(string value, string pattern)
        {
            var shortest = 0;
            for (var length = value.Length; length > 0; length--)
            {
                switch (ShellPattern.Match(pattern, value.AsSpan(0, length)))
                {
                    case null:
                        return value;
                    case true:
                        shortest = length;
                        break;
                }
            }

            return value[shortest..];
        }

        private static string TrimLongest(string value, string pattern)
        {
            for (var length = value.Length; length > 0; length--)
            {
                switch (ShellPattern.Match(pattern, value.AsSpan(0, length)))
                {
                    case null:
                        return value;
                    case true:
                        return value[length..];
                }
            }

            return value;
        }

        private static string Reverse(string value)
        {
            var result = new StringBuilder(value.Length);
            for (var i = value.Length; i > 0;)
            {
                var length = i > 1 && char.IsSurrogatePair(value[i - 2], value[i - 1]) ? 2 : 1;
                i -= length;
                result.Append(value, i, length);
            }

            return result.ToString();
        }
    }
}
