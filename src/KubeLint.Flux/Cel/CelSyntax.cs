using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux.Cel;

/// <summary>
/// Checks the syntax of CEL expressions (https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax), and which variables they read. Nothing is
/// evaluated, no type is checked.
/// </summary>
public sealed class CelSyntax
{
    private const int MaxDepth = 200;

    private static readonly ImmutableArray<string> Reserved =
    [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while",
    ];

    // Macros whose first arguments name variables for the last ones.
    private static readonly ImmutableArray<string> Comprehensions =
        ["all", "exists", "exists_one", "existsOne", "map", "filter", "transformList", "transformMap", "transformMapEntry", "sortBy"];

    private readonly CelLexer lexer;
    private readonly List<string> scope = [];
    private readonly ImmutableArray<CelVariable>.Builder variables = ImmutableArray.CreateBuilder<CelVariable>();
    private CelToken token;
    private CelToken ahead;
    private CelProblem? problem;
    private int depth;
    private int selections;

    private CelSyntax(string text)
    {
        lexer = new CelLexer(text);
        token = lexer.Next();
        ahead = lexer.Next();
    }

    /// <summary>Parses an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <returns>The first thing that is wrong, null where the syntax is right; and the variables that it reads and does not define.</returns>
    public static (CelProblem? Problem, ImmutableArray<CelVariable> Variables) Parse(string text)
    {
        var parser = new CelSyntax(text);
        if (parser.token.Kind == CelTokenKind.End)
        {
            return (new CelProblem("the expression is empty", new TextSpan(0, 0)), []);
        }

        if (parser.Expression() && parser.token.Kind != CelTokenKind.End)
        {
            parser.Unexpected("an operator or the end");
        }

        return (parser.problem, parser.problem is null ? parser.variables.ToImmutable() : []);
    }

    private bool Expression()
    {
        if (++depth > MaxDepth)
        {
            return Fail("the expression is nested too deeply", token.Span);
        }

        var result = Or();
        if (result && token.Is("?"))
        {
            Take();
            result = Or() && Expect(":") && Expression();
        }

        depth--;
        return result;
    }

    private bool Or() => Chain(And, "||");

    private bool And() => Chain(Relation, "&&");

    private bool Relation()
    {
        if (!Addition())
        {
            return false;
        }

        while (token.Kind == CelTokenKind.Operator ? token.Text is "<" or "<=" or ">=" or ">" or "==" or "!=" : token is { Kind: CelTokenKind.Identifier, Text: "in" })
        {
            Take();
            if (!Addition())
            {
                return false;
            }
        }

        return true;
    }

    private bool Addition() => Chain(Multiplication, "+", "-");

    private bool Multiplication() => Chain(Unary, "*", "/", "%");

    private bool Chain(Func<bool> operand, params ReadOnlySpan<string> operators)
    {
        if (!operand())
        {
            return false;
        }

        while (token.Kind == CelTokenKind.Operator && operators.Contains(token.Text))
        {
            Take();
            if (!operand())
            {
                return false;
            }
        }

        return true;
    }

    private bool Unary()
    {
        while (token.Is("!") || token.Is("-"))
        {
            Take();
        }

        return Member();
    }

    private bool Member()
    {
        if (!Primary())
        {
            return false;
        }

        while (true)
        {
            if (token.Is("."))
            {
                Take();
                if (token.Is("?"))
                {
                    Take();
                }

                if (token.Kind != CelTokenKind.Identifier || token.Text is "in" or "true" or "false" or "null")
                {
                    return Unexpected("a field or function name behind '.'");
                }

                var name = token.Text;
                Take();
                if (token.Is("(") && !Arguments(name))
                {
                    return false;
                }
            }
            else if (token.Is("["))
            {
                Take();
                if (token.Is("?"))
                {
                    Take();
                }

                if (!Expression() || !Expect("]"))
                {
                    return false;
                }
            }
            else if (token.Is("{"))
            {
                if (!Entries())
                {
                    return false;
                }
            }
            else
            {
                return true;
            }
        }
    }

    private bool Primary()
    {
        if (token.Kind == CelTokenKind.Literal)
        {
            Take();
            return true;
        }

        if (token.Is("("))
        {
            Take();
            return Expression() && Expect(")");
        }

        if (token.Is("["))
        {
            Take();
            return List("]");
        }

        if (token.Is("{"))
        {
            return Entries();
        }

        if (token.Is("."))
        {
            Take();
        }

        return Identifier();
    }

    private bool Identifier()
    {
        if (token.Kind != CelTokenKind.Identifier || token.Text == "in")
        {
            return Unexpected("a value");
        }

        if (Reserved.Contains(token.Text))
        {
            return Fail($"'{token.Text}' is a reserved word", token.Span);
        }

        var name = token;
        Take();
        if (token.Is("("))
        {
            return name.Text == "has" ? Has(name) : Arguments(name.Text);
        }

        if (name.Text is not ("true" or "false" or "null") && !scope.Contains(name.Text))
        {
            variables.Add(new CelVariable(name.Text, name.Span));
        }

        return true;
    }

    private bool Has(CelToken name)
    {
        var wasField = ahead.Kind == CelTokenKind.Identifier || ahead.Is("(") || ahead.Is(".");
        var before = selections;
        if (!Arguments(name.Text))
        {
            return false;
        }

        return (wasField && selections > before)
            || Fail("has() takes a field, as in 'has(status.phase)'", name.Span);
    }

    private bool Arguments(string function)
    {
        Take();
        var bound = scope.Count;
        if (Comprehensions.Contains(function) && token.Kind == CelTokenKind.Identifier && ahead.Is(","))
        {
            // One variable, or two in the macros over maps.
            scope.Add(token.Text);
            Take();
            Take();
            if (token.Kind == CelTokenKind.Identifier && ahead.Is(","))
            {
                scope.Add(token.Text);
                Take();
                Take();
            }
        }

        var result = List(")");
        scope.RemoveRange(bound, scope.Count - bound);
        return result;
    }

    private bool List(string end)
    {
        while (!token.Is(end))
        {
            if (token.Is("?") && end == "]")
            {
                Take();
            }

            if (!Expression())
            {
                return false;
            }

            if (!token.Is(","))
            {
                break;
            }

            Take();
            if (end == ")" && token.Is(end))
            {
                return Unexpected("another argument behind ','");
            }
        }

        return Expect(end);
    }

    private bool Entries()
    {
        Take();
        while (!token.Is("}"))
        {
            if (token.Is("?"))
            {
                Take();
            }

            if (!Key() || !Expect(":") || !Expression())
            {
                return false;
            }

            if (!token.Is(","))
            {
                break;
            }

            Take();
        }

        return Expect("}");
    }

    private bool Key()
    {
        if (token.Kind == CelTokenKind.Identifier && ahead.Is(":"))
        {
            Take();
            return true;
        }

        return Expression();
    }

    private bool Expect(string text)
    {
        if (!token.Is(text))
        {
            return Unexpected($"'{text}'");
        }

        Take();
        return true;
    }

    private bool Unexpected(string expected) => token.Kind switch
    {
        CelTokenKind.Invalid => Fail(token.Text, token.Span),
        CelTokenKind.End => Fail($"{expected} is missing at the end", token.Span),
        _ => Fail($"{expected} was expected, not '{token.Text}'", token.Span),
    };

    private bool Fail(string message, TextSpan span)
    {
        problem ??= new CelProblem(message, span);
        return false;
    }

    private void Take()
    {
        if (token.Is("."))
        {
            selections++;
        }

        token = ahead;
        ahead = lexer.Next();
    }
}
