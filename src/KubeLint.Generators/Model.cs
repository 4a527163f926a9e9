using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace KubeLint.Generators;

/// <summary>The class to complete.</summary>
internal sealed record RegistryModel(string Namespace, string Name, string Accessibility);

/// <summary>A rule class.</summary>
internal sealed record RuleModel(string Type, RecordModel? Options, EquatableArray<ProblemModel> Problems);

/// <summary>A record of options.</summary>
internal sealed record RecordModel(string Type, EquatableArray<OptionModel> Members);

/// <summary>A member of a record of options.</summary>
internal sealed record OptionModel(string Member, OptionKind Kind, string Type, string Description, EquatableArray<string> Words, RecordModel? Record)
{
    /// <summary>The key in the configuration.</summary>
    public string Key => char.ToLowerInvariant(Member[0]) + Member.Substring(1);
}

/// <summary>A value of an enumeration: its member's name, in camel case, is the word.</summary>
internal enum OptionKind
{
    Boolean,
    Integer,
    String,
    Strings,
    Choice,
    Record,
}

/// <summary>Something that the generator cannot work with.</summary>
internal sealed record ProblemModel(string Message, string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static ProblemModel At(ISymbol symbol, string message)
    {
        var location = symbol.Locations.FirstOrDefault(item => item.IsInSource);
        return new ProblemModel(message, location?.SourceTree?.FilePath ?? "", location?.SourceSpan ?? default, location?.GetLineSpan().Span ?? default);
    }

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}

/// <summary>Reads the models from the compiler's symbols.</summary>
internal static class ModelReader
{
    private const string RuleType = "KubeLint.Analysis.Rule";
    private const string RuleWithOptionsType = "KubeLint.Analysis.Rule<TOptions>";

    public static RegistryModel ReadRegistry(GeneratorAttributeSyntaxContext context) => new(
        context.TargetSymbol.ContainingNamespace.IsGlobalNamespace ? "" : context.TargetSymbol.ContainingNamespace.ToDisplayString(),
        context.TargetSymbol.Name,
        SyntaxFacts.GetText(context.TargetSymbol.DeclaredAccessibility));

    public static RuleModel? ReadRule(GeneratorSyntaxContext context, CancellationToken cancellationToken)
    {
        if (context.SemanticModel.GetDeclaredSymbol((ClassDeclarationSyntax)context.Node, cancellationToken) is not { IsAbstract: false } symbol
            || !IsRule(symbol, out var options))
        {
            return null;
        }

        var problems = new List<ProblemModel>();
        if (!symbol.InstanceConstructors.Any(constructor => constructor.Parameters.IsEmpty && constructor.DeclaredAccessibility == Accessibility.Public))
        {
            problems.Add(ProblemModel.At(symbol, $"The rule {symbol.Name} needs a public constructor without parameters"));
        }

        var record = options is null ? null : ReadRecord(options, problems, cancellationToken);
        return new RuleModel(Name(symbol), record, new EquatableArray<ProblemModel>([.. problems]));
    }

    private static bool IsRule(INamedTypeSymbol symbol, out INamedTypeSymbol? options)
    {
        options = null;
        for (var type = symbol.BaseType; type is not null; type = type.BaseType)
        {
            var name = type.OriginalDefinition.ToDisplayString();
            if (name == RuleWithOptionsType)
            {
                options = type.TypeArguments[0] as INamedTypeSymbol;
            }
            else if (name == RuleType)
            {
                return true;
            }
        }

        return false;
    }

    private static RecordModel ReadRecord(INamedTypeSymbol record, List<ProblemModel> problems, CancellationToken cancellationToken)
    {
        var members = new List<OptionModel>();
        foreach (var property in record.GetMembers().OfType<IPropertySymbol>())
        {
            if (property.IsStatic || property.IsImplicitlyDeclared || property.DeclaredAccessibility != Accessibility.Public)
            {
                continue;
            }

            if (property.SetMethod is not { IsInitOnly: true })
            {
                problems.Add(ProblemModel.At(property, $"The option {property.Name} must be 'get; init;'"));
            }
            else if (ReadOption(property, problems, cancellationToken) is { } option)
            {
                members.Add(option);
            }
        }

        return new RecordModel(Name(record), new EquatableArray<OptionModel>([.. members]));
    }

    private static OptionModel? ReadOption(IPropertySymbol property, List<ProblemModel> problems, CancellationToken cancellationToken)
    {
        var description = Documentation.Summary(property.GetDocumentationCommentXml(cancellationToken: cancellationToken));
        if (description.Length == 0)
        {
            problems.Add(ProblemModel.At(property, $"The option {property.Name} needs a doc comment: it is the option's documentation"));
        }

        var type = property.Type;
        OptionModel Make(OptionKind kind, IEnumerable<string>? words = null, RecordModel? record = null) =>
            new(property.Name, kind, Name(type), description, new EquatableArray<string>([.. words ?? []]), record);

        switch (type)
        {
            case { SpecialType: SpecialType.System_Boolean }:
                return Make(OptionKind.Boolean);
            case { SpecialType: SpecialType.System_Int32 }:
                return Make(OptionKind.Integer);
            case { SpecialType: SpecialType.System_String }:
                return Make(OptionKind.String);
            case INamedTypeSymbol { TypeKind: TypeKind.Enum } choice:
                return Make(OptionKind.Choice, choice.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).Select(field => field.Name));
            case INamedTypeSymbol { IsGenericType: true } list when list.ToDisplayString() == "System.Collections.Immutable.ImmutableArray<string>":
                return Make(OptionKind.Strings);
            case INamedTypeSymbol { IsRecord: true, IsReferenceType: true } record
                when record.InstanceConstructors.Any(constructor => constructor.Parameters.IsEmpty && constructor.DeclaredAccessibility == Accessibility.Public):
                return Make(OptionKind.Record, record: ReadRecord(record, problems, cancellationToken));
            default:
                problems.Add(ProblemModel.At(property, $"The option {property.Name} has a type that options cannot have: {type.ToDisplayString()}"));
                return null;
        }
    }

    private static string Name(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
