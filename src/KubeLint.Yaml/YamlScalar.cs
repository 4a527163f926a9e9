namespace KubeLint.Yaml;

/// <summary>How a scalar is written.</summary>
public enum YamlScalarStyle : byte
{
    /// <summary>Without quotes.</summary>
    Plain,

    /// <summary><c>'…'</c>.</summary>
    SingleQuoted,

    /// <summary><c>"…"</c>.</summary>
    DoubleQuoted,

    /// <summary>A block, line breaks kept: <c>|</c>.</summary>
    Literal,

    /// <summary>A block, line breaks folded: <c>&gt;</c>.</summary>
    Folded,
}

/// <summary>What Kubernetes takes a scalar for.</summary>
public enum YamlScalarType : byte
{
    /// <summary>A string.</summary>
    String,

    /// <summary>Null: <c>~</c>, <c>null</c>, nothing.</summary>
    Null,

    /// <summary>A boolean, in YAML 1.1's many words.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a fraction or an exponent.</summary>
    Float,
}

/// <summary>A scalar.</summary>
public sealed class YamlScalar : YamlNode
{
    private readonly string value;

    /// <summary>A scalar.</summary>
    /// <param name="source">The text that <paramref name="span"/> refers to.</param>
    /// <param name="span">The value's own range, quotes or block header included, anchor and tag not.</param>
    /// <param name="value">The value, escapes and folds resolved.</param>
    /// <param name="style">How it is written.</param>
    /// <param name="extras">Tag, anchor, derivation.</param>
    public YamlScalar(SourceText source, TextSpan span, string value, YamlScalarStyle style = YamlScalarStyle.Plain, NodeExtras? extras = null)
        : base(source, span, extras)
    {
        this.value = value;
        Style = style;
    }

    /// <inheritdoc/>
    public override YamlNodeKind Kind => YamlNodeKind.Scalar;

    /// <summary>The value, escapes and folds resolved.</summary>
    public string Value => value;

    /// <summary>How it is written.</summary>
    public YamlScalarStyle Style { get; }

    /// <summary>What Kubernetes takes it for (sigs.k8s.io/yaml: YAML 1.1).</summary>
    public YamlScalarType Type => Yaml11.Resolve(this);

    /// <summary>Whether it is null.</summary>
    public bool IsNull => Type == YamlScalarType.Null;

    /// <summary>The boolean that it is; null where it is none.</summary>
    public bool? AsBoolean() => Type == YamlScalarType.Boolean ? Yaml11.IsTrue(Value) : null;

    /// <summary>
    /// Whether it is a word without quotes that only YAML 1.1 takes for a boolean: <c>yes</c>, <c>off</c>, <c>y</c>. kustomize reads YAML 1.2, and
    /// writes such a word in quotes, so that in what it builds it is a string.
    /// </summary>
    public bool IsWordForBoolean =>
        Tag is null && Type == YamlScalarType.Boolean && !Value.Equals("true", StringComparison.OrdinalIgnoreCase) && !Value.Equals("false", StringComparison.OrdinalIgnoreCase);

    /// <summary>The text inside the scalar, with offsets that map to the place where it is written.</summary>
    public SourceText EmbeddedText() => EmbeddedTextMap.Create(this);
}

/// <summary>The tags that mean something to YAML itself.</summary>
public static class YamlTags
{
    /// <summary><c>!!str</c>.</summary>
    public const string String = "tag:yaml.org,2002:str";

    /// <summary><c>!!int</c>.</summary>
    public const string Integer = "tag:yaml.org,2002:int";

    /// <summary><c>!!float</c>.</summary>
    public const string Float = "tag:yaml.org,2002:float";

    /// <summary><c>!!bool</c>.</summary>
    public const string Boolean = "tag:yaml.org,2002:bool";

    /// <summary><c>!!null</c>.</summary>
    public const string Null = "tag:yaml.org,2002:null";

    /// <summary><c>!!binary</c>.</summary>
    public const string Binary = "tag:yaml.org,2002:binary";

    /// <summary><c>!!merge</c>.</summary>
    public const string Merge = "tag:yaml.org,2002:merge";
}
