using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>An expression in an object that was substituted.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="HasDefault">Whether the expression gives a value of its own where the variable has none.</param>
/// <param name="State">What is known of the variable.</param>
/// <param name="Variable">The variable; null where none is known by name.</param>
/// <param name="Where">The expression's place.</param>
/// <param name="Scalar">The scalar, a key or a value, as it was before.</param>
/// <param name="Owner">The object before substitution.</param>
/// <param name="Operator">The expression's operator: <c>:=</c>; empty for a plain <c>${NAME}</c>.</param>
public sealed record VariableUse(
    string Name, bool HasDefault, VariableState State, FluxVariable? Variable, Location Where, YamlScalar Scalar, YamlMapping Owner, string Operator);

/// <summary>Why a substitution fails.</summary>
/// <param name="Message">What is wrong, a sentence without a final stop.</param>
/// <param name="Where">The place.</param>
/// <param name="Scalar">The scalar, a key or a value, as it was before.</param>
/// <param name="Owner">The object before substitution.</param>
/// <param name="Error">Why the text cannot be read; null where it can and something else fails.</param>
public sealed record SubstitutionProblem(string Message, Location Where, YamlScalar Scalar, YamlMapping Owner, TemplateError? Error = null);

/// <summary>An object after substitution.</summary>
/// <param name="Root">The object; the very node that was given where nothing changed.</param>
/// <param name="IsDisabled">Whether the object opts out.</param>
/// <param name="Uses">The expressions met, in order.</param>
/// <param name="Problems">What makes Flux fail, variables that are undefined aside.</param>
public sealed record SubstitutionResult(YamlMapping Root, bool IsDisabled, ImmutableArray<VariableUse> Uses, ImmutableArray<SubstitutionProblem> Problems);

/// <summary>
/// Flux's post-build variable substitution over a positioned object (https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution;
/// kustomize_varsub.go in github.com/fluxcd/pkg). A substituted scalar keeps its place, down to each expression, and names the definitions of
/// its variables as inputs.
/// </summary>
public static class PostBuildSubstitution
{
    /// <summary>The label or annotation by which an object opts out, with the value <c>disabled</c>, in this case only.</summary>
    public const string OptOutKey = "kustomize.toolkit.fluxcd.io/substitute";

    /// <summary>What <see cref="Derivation.By"/> says of a substituted node.</summary>
    public const string By = "postBuild";

    /// <summary>Whether an object opts out.</summary>
    public static bool IsDisabled(YamlMapping root) =>
        root.GetString("metadata", "labels", OptOutKey) == "disabled" || root.GetString("metadata", "annotations", OptOutKey) == "disabled";

    /// <summary>Substitutes an object's keys and values.</summary>
    /// <param name="root">The object.</param>
    /// <param name="variables">The variables.</param>
    /// <param name="isStrict">Whether an undefined variable fails the build, as since Flux 2.9, instead of giving the empty string.</param>
    public static SubstitutionResult Apply(YamlMapping root, VariableSet variables, bool isStrict)
    {
        if (IsDisabled(root))
        {
            return new SubstitutionResult(root, true, [], []);
        }

        var walker = new Walker(root, variables, isStrict);
        return new SubstitutionResult((YamlMapping)walker.Visit(root, "k: "), false, walker.Uses, walker.Problems);
    }

    private sealed class Walker(YamlMapping owner, VariableSet variables, bool isStrict)
    {
        // Most objects have none.
        private ImmutableArray<VariableUse>.Builder? uses;
        private ImmutableArray<SubstitutionProblem>.Builder? problems;

        public ImmutableArray<VariableUse> Uses => uses?.ToImmutable() ?? [];

        public ImmutableArray<SubstitutionProblem> Problems => problems?.ToImmutable() ?? [];

        // Trees are at most as deep as YamlLimits.MaxDepth, so recursion is safe.
        public YamlNode Visit(YamlNode node, string context) => node switch
        {
            YamlScalar scalar => VariableTemplate.MayChange(scalar.Value) ? Substitute(scalar, context) : scalar,
            YamlMapping mapping => Visit(mapping),
            YamlSequence sequence => Visit(sequence),
            YamlAlias alias => Visit(alias.Target, context) is var changed && ReferenceEquals(changed, alias.Target) ? alias : changed,
            _ => node,
        };

        private YamlMapping Visit(YamlMapping mapping)
        {
            ImmutableArray<YamlEntry>.Builder? changed = null;
            for (var i = 0; i < mapping.Entries.Length; i++)
            {
                var entry = mapping.Entries[i];
                var key = entry.Key is YamlScalar scalar && VariableTemplate.MayChange(scalar.Value) ? Substitute(scalar, "") : entry.Key;
                var value = Visit(entry.Value, "k: ");
                if (!ReferenceEquals(key, entry.Key) || !ReferenceEquals(value, entry.Value))
                {
                    changed ??= mapping.Entries.ToBuilder();
                    changed[i] = new YamlEntry(key, value);
                }
            }

            return changed is null ? mapping : mapping.With(changed.MoveToImmutable());
        }

        private YamlSequence Visit(YamlSequence sequence)
        {
            ImmutableArray<YamlNode>.Builder? changed = null;
            for (var i = 0; i < sequence.Items.Length; i++)
            {
                var item = Visit(sequence.Items[i], "- ");
                if (!ReferenceEquals(item, sequence.Items[i]))
                {
                    changed ??= sequence.Items.ToBuilder();
                    changed[i] = item;
                }
            }

            return changed is null ? sequence : sequence.With(changed.MoveToImmutable());
        }

        // The context is what stands before the scalar on its line; nothing for a key.
        private YamlNode Substitute(YamlScalar scalar, string context)
        {
            var isKey = context.Length == 0;
            var template = VariableTemplate.Parse(scalar.Value);
            var text = TextOf(scalar);
            if (template.Error is { } error)
            {
                AddProblem(new SubstitutionProblem($"Flux cannot read this expression: {error.Message}", text.Locate(error.Span), scalar, owner, error));
                return scalar;
            }

            var parts = new List<TemplateResult>(template.Parts.Length);
            var isUnknown = false;
            foreach (var part in template.Parts)
            {
                var result = TemplateEvaluation.Evaluate(template, part, variables);
                if (result.Error is { } failure)
                {
                    AddProblem(new SubstitutionProblem($"Flux cannot evaluate this expression: {failure}", text.Locate(part.Span), scalar, owner));
                }

                // Strict substitution fails here: the cluster never gets a value to judge.
                var isMissing = isStrict && !result.Undefined.IsEmpty;
                isUnknown |= result.IsUnknown || isMissing;
                parts.Add(isMissing ? result with { Text = template.Text.Substring(part.Span.Start, part.Span.Length) } : result);
            }

            var inputs = NoteUses(template, text, scalar);
            var derivation = new Derivation(By, scalar, inputs) { IsUnknown = isUnknown };
            var style = ReemittedScalar.StyleOf(scalar.Value, isKey);
            if (isUnknown || style == YamlScalarStyle.Literal)
            {
                var whole = Assemble(text, template, parts, "", YamlScalarStyle.Literal);
                return new YamlScalar(whole, new TextSpan(0, whole.Content.Length), whole.Content, isUnknown ? scalar.Style : style, new NodeExtras(null, null, derivation));
            }

            var written = Assemble(text, template, parts, context, style);
            var content = written.Content[context.Length..];
            if (style == YamlScalarStyle.Plain && ReemittedScalar.IsSafePlain(content))
            {
                return new YamlScalar(written, new TextSpan(context.Length, content.Length), content, YamlScalarStyle.Plain, new NodeExtras(null, null, derivation));
            }

            return Reread(written, context, derivation) is { } read ? read : Unreadable(scalar, text, content);
        }

        private void AddProblem(SubstitutionProblem problem) => (problems ??= ImmutableArray.CreateBuilder<SubstitutionProblem>(1)).Add(problem);

        private static SourceText TextOf(YamlScalar scalar)
        {
            if (scalar.Derivation is null || scalar.Source.Content.AsSpan(scalar.Span.Start, scalar.Span.Length).SequenceEqual(scalar.Value))
            {
                return scalar.EmbeddedText();
            }

            // A computed value is not written anywhere: all of it stands where it was computed.
            var computed = new DerivedTextBuilder(scalar.Source);
            computed.Replace(scalar.Span, scalar.Value);
            return computed.Build();
        }

        private ImmutableArray<YamlNode> NoteUses(VariableTemplate template, SourceText text, YamlScalar scalar)
        {
            var inputs = ImmutableArray.CreateBuilder<YamlNode>(1);
            foreach (var expression in template.Expressions())
            {
                var variable = variables.Find(expression.Name);
                (uses ??= ImmutableArray.CreateBuilder<VariableUse>(1)).Add(new VariableUse(
                    expression.Name, expression.HasDefault, variables.StateOf(expression.Name), variable, text.Locate(expression.Span), scalar, owner,
                    expression.Operator));
                if (variable?.Definition is { } definition && !inputs.Contains(definition))
                {
                    inputs.Add(definition);
                }
            }

            return inputs.DrainToImmutable();
        }

        // The text in which the result is written, each part of it standing where the part of the template does.
        private static SourceText Assemble(
            SourceText text, VariableTemplate template, List<TemplateResult> results, string context, YamlScalarStyle style)
        {
            var builder = new DerivedTextBuilder(text);
            var quote = style switch
            {
                YamlScalarStyle.SingleQuoted => "'",
                YamlScalarStyle.DoubleQuoted => "\"",
                _ => "",
            };
            builder.Replace(default, context + quote);
            for (var i = 0; i < results.Count; i++)
            {
                var part = template.Parts[i];
                if (part is TextPart)
                {
                    // Quotes and escapes belong to the text only: what a variable brings is put in as it is.
                    var written = ReemittedScalar.Write(results[i].Text, style);
                    written = quote.Length > 0 ? written[1..^1] : written;
                    if (written == template.Text.Substring(part.Span.Start, part.Span.Length))
                    {
                        builder.Copy(part.Span);
                    }
                    else
                    {
                        builder.Replace(part.Span, written);
                    }
                }
                else
                {
                    builder.Replace(part.Span, results[i].Text);
                }
            }

            builder.Replace(new TextSpan(text.Content.Length, 0), quote);
            return builder.Build();
        }

        // Flux reads the object again as YAML after the substitution; the line is enough for one scalar.
        private static YamlNode? Reread(SourceText written, string context, Derivation derivation)
        {
            var line = written;
            if (context.Length == 0)
            {
                var asKey = new DerivedTextBuilder(written);
                asKey.Copy(new TextSpan(0, written.Content.Length));
                asKey.Replace(new TextSpan(written.Content.Length, 0), ": v");
                line = asKey.Build();
            }

            var file = YamlParser.Parse(line);
            if (!file.Problems.IsEmpty || file.Documents is not [{ Root: { } root }])
            {
                return null;
            }

            return (context, root) switch
            {
                ("", YamlMapping { Entries: [var entry] }) => WithDerivation(entry.Key.Resolved, derivation),
                ("- ", YamlSequence { Items: [var item] }) => WithDerivation(item.Resolved, derivation),
                ("k: ", YamlMapping { Entries: [var entry] }) => WithDerivation(entry.Value.Resolved, derivation),
                _ => null,
            };
        }

        private static YamlNode WithDerivation(YamlNode node, Derivation derivation)
        {
            var extras = new NodeExtras(node.Tag, null, derivation);
            return node switch
            {
                YamlScalar scalar => new YamlScalar(scalar.Source, scalar.Span, scalar.Value, scalar.Style, extras),
                YamlMapping mapping => new YamlMapping(mapping.Source, mapping.Span, mapping.Entries, mapping.IsFlow, extras),
                YamlSequence sequence => new YamlSequence(sequence.Source, sequence.Span, sequence.Items, sequence.IsFlow, extras),
                _ => node,
            };
        }

        private YamlScalar Unreadable(YamlScalar scalar, SourceText text, string content)
        {
            // What is written may hold a value that is secret in spirit, so the message does not repeat it.
            AddProblem(new SubstitutionProblem(
                content.Length == 0 ? "After the substitution nothing is left of this key" : "After the substitution the text is no longer valid YAML",
                text.Locate(new TextSpan(0, text.Content.Length)),
                scalar,
                owner));
            return scalar;
        }
    }
}
