using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace KubeLint.Dev;

/// <summary>
/// Makes <c>rules/schema/data/kubernetes.schema</c> from the npm package <c>kubernetes-models</c>: its declarations tell the fields, which of them are
/// required, references and words; its validators tell whole numbers and base64.
/// </summary>
public static partial class KubernetesSchema
{
    /// <summary>The file, relative to the repository's root.</summary>
    public const string File = "rules/schema/data/kubernetes.schema";

    private const string Package = "kubernetes-models";
    private const string Machinery = "@kubernetes-models/apimachinery";

    // Versions that no Kubernetes since 1.29 serves: KL8020 speaks of them.
    private static readonly HashSet<string> Gone = new(StringComparer.Ordinal)
    {
        "extensions/v1beta1", "apps/v1beta1", "apps/v1beta2", "policy/v1beta1", "autoscaling/v2beta1", "autoscaling/v2beta2", "batch/v1beta1",
        "apiextensions.k8s.io/v1beta1", "apiregistration.k8s.io/v1beta1", "authentication.k8s.io/v1beta1", "authorization.k8s.io/v1beta1", "coordination.k8s.io/v1beta1",
        "discovery.k8s.io/v1beta1", "events.k8s.io/v1beta1", "flowcontrol.apiserver.k8s.io/v1beta1", "flowcontrol.apiserver.k8s.io/v1beta2",
        "node.k8s.io/v1beta1", "rbac.authorization.k8s.io/v1beta1", "scheduling.k8s.io/v1beta1", "certificates.k8s.io/v1beta1",
    };

    private static readonly HashSet<string> GoneKinds = new(StringComparer.Ordinal)
    {
        "admissionregistration.k8s.io/v1beta1/MutatingWebhookConfiguration", "admissionregistration.k8s.io/v1beta1/ValidatingWebhookConfiguration",
        "networking.k8s.io/v1beta1/Ingress", "networking.k8s.io/v1beta1/IngressClass", "storage.k8s.io/v1beta1/CSIDriver", "storage.k8s.io/v1beta1/CSINode",
        "storage.k8s.io/v1beta1/StorageClass", "storage.k8s.io/v1beta1/VolumeAttachment", "storage.k8s.io/v1beta1/CSIStorageCapacity",
    };

    private static readonly string[] ScalarWords = ["int32", "integer", "byte"];

    // What server-side apply tells the items of a list apart by (x-kubernetes-list-map-keys of Kubernetes' own OpenAPI).
    private static readonly Dictionary<string, string> ListKeys = new(StringComparer.Ordinal)
    {
        ["v1/PodSpec.containers"] = "name",
        ["v1/PodSpec.initContainers"] = "name",
        ["v1/PodSpec.ephemeralContainers"] = "name",
        ["v1/PodSpec.volumes"] = "name",
        ["v1/PodSpec.imagePullSecrets"] = "name",
        ["v1/PodSpec.hostAliases"] = "ip",
        ["v1/PodSpec.resourceClaims"] = "name",
        ["v1/PodSpec.topologySpreadConstraints"] = "topologyKey,whenUnsatisfiable",
        ["v1/Container.env"] = "name",
        ["v1/Container.ports"] = "containerPort,protocol",
        ["v1/Container.volumeMounts"] = "mountPath",
        ["v1/Container.volumeDevices"] = "devicePath",
        ["v1/EphemeralContainer.env"] = "name",
        ["v1/EphemeralContainer.volumeMounts"] = "mountPath",
        ["v1/ServiceSpec.ports"] = "port,protocol",
        ["admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration.webhooks"] = "name",
        ["admissionregistration.k8s.io/v1/MutatingWebhookConfiguration.webhooks"] = "name",
        ["admissionregistration.k8s.io/v1/ValidatingAdmissionPolicySpec.matchConditions"] = "name",
        ["admissionregistration.k8s.io/v1/ValidatingAdmissionPolicySpec.variables"] = "name",
    };

    /// <summary>Makes the text; null where the packages are not in the folder.</summary>
    /// <param name="folder">The folder with <c>node_modules</c>.</param>
    public static string? Create(string folder)
    {
        var modules = Path.Combine(folder, "node_modules");
        return Directory.Exists(Path.Combine(modules, Package, "_schemas")) && Directory.Exists(Path.Combine(modules, Machinery, "_schemas")) ? new Reading(modules).Write() : null;
    }

    private static string VersionOf(string package)
    {
        using var json = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(package, "package.json")));
        return json.RootElement.GetProperty("version").GetString()!;
    }

    [GeneratedRegex(@"/\*\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"export interface I(?<name>\w+)(?<meta> extends TypeMeta)? \{\n(?<body>.*?)^\}", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Interfaces();

    [GeneratedRegex(@"^    ""?(?<name>[^"":?]+)""?(?<optional>\??): (?<type>.*?);$(?=\n    \S|\z)", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Members();

    [GeneratedRegex(@"^import \{ (?<name>\w+) \} from ""(?<from>[^""]+)""", RegexOptions.Multiline)]
    private static partial Regex Imports();

    [GeneratedRegex(@"export type \{ I\w+ as I(?<id>\w+),")]
    private static partial Regex Ids();

    [GeneratedRegex(@"function validate(?<number>\d+)\(data,(?<body>.*?)(?=function validate\d+\(data,|import\{|export const|\z)", RegexOptions.Singleline)]
    private static partial Regex Functions();

    [GeneratedRegex(@"void 0!==data(?:\.(?<name>[\w$]+)|\[""(?<name>[^""]+)""\])&&\(validate(?<number>\d+)\(")]
    private static partial Regex Calls();

    [GeneratedRegex(@"validate(?<number>\d+)\(data\[")]
    private static partial Regex Inner();

    private sealed class Reading(string modules)
    {
        private readonly SortedDictionary<string, string> types = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, string> kinds = new(StringComparer.Ordinal);
        private readonly SortedSet<string> read = new(StringComparer.Ordinal);
        private readonly Queue<string> open = new();
        private readonly HashSet<string> asked = new(StringComparer.Ordinal);

        public string Write()
        {
            var root = Path.Combine(modules, Package);
            foreach (var path in Directory.EnumerateFiles(root, "*.d.ts", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                var name = TypeName(path);
                var version = name[..Math.Max(0, name.LastIndexOf('/'))];
                if (!name.StartsWith("_schemas", StringComparison.Ordinal) && version.Length > 0 && !Gone.Contains(version))
                {
                    ReadKind(path);
                }
            }

            while (open.TryDequeue(out var path))
            {
                ReadType(path);
            }

            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture, $"# Kubernetes' own kinds, in the form that KubeLint.Schema reads (SchemaText). Made by: dotnet run --project tools/KubeLint.Dev -- kubernetes-schema\n");
            text.Append(CultureInfo.InvariantCulture, $"# from the npm packages {Package} {VersionOf(root)} and {Machinery} {VersionOf(Path.Combine(modules, Machinery))} (MIT License, Copyright (c) 2018 Tommy Chen).\n");
            text.Append(CultureInfo.InvariantCulture, $"# sha256 of what was read: {Hash()}\n");
            foreach (var kind in kinds.Values.Concat(types.Values))
            {
                text.Append('\n').Append(kind);
            }

            return text.ToString();
        }

        private string Hash()
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var path in read)
            {
                hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(modules, path).Replace('\\', '/') + "\n"));
                hash.AppendData(System.IO.File.ReadAllBytes(path));
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }

        private string TypeName(string path)
        {
            var inMachinery = Path.GetRelativePath(Path.Combine(modules, Machinery), path).Replace('\\', '/');
            var name = inMachinery.StartsWith("..", StringComparison.Ordinal) ? Path.GetRelativePath(Path.Combine(modules, Package), path).Replace('\\', '/') : inMachinery[(inMachinery.LastIndexOf('/') + 1)..];
            return name[..^".d.ts".Length];
        }

        private void ReadKind(string path)
        {
            var (text, body, isKind) = Declaration(path);
            if (!isKind || path.EndsWith("List.d.ts", StringComparison.Ordinal) || body is null || GoneKinds.Contains(TypeName(path)))
            {
                return;
            }

            var members = Members().Matches(body);
            string Word(string member) => members.Single(match => match.Groups["name"].Value == member).Groups["type"].Value.Trim('"');
            kinds.Add(TypeName(path), $"kind {Word("apiVersion")} {Word("kind")}\n{Fields(path, text, body, isKind: true)}");
        }

        private void ReadType(string path)
        {
            var (text, body, _) = Declaration(path);
            types.Add(TypeName(path), $"type {TypeName(path)}\n{Fields(path, text, body!, isKind: false)}");
        }

        private (string Text, string? Body, bool IsKind) Declaration(string path)
        {
            read.Add(path);
            var text = Comments().Replace(System.IO.File.ReadAllText(path), "");
            text = string.Join('\n', text.Split('\n').Where(line => line.Trim().Length > 0));
            var match = Interfaces().Match(text);
            return (text, match.Success ? match.Groups["body"].Value.TrimEnd('\n') : null, match.Groups["meta"].Success);
        }

        private string Fields(string path, string text, string body, bool isKind)
        {
            var imports = Imports().Matches(text).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["from"].Value, StringComparer.Ordinal);
            var scalars = Scalars(path, text);
            var fields = new StringBuilder();
            foreach (Match member in Members().Matches(body))
            {
                var name = member.Groups["name"].Value;
                if (isKind && (name is "apiVersion" or "kind" or "metadata" or "status"))
                {
                    continue;
                }

                var type = Type(path, member.Groups["type"].Value, imports, scalars.GetValueOrDefault(name, ""));
                if (ListKeys.TryGetValue($"{TypeName(path)}.{name}", out var keys))
                {
                    type = $"list({keys}){type["list".Length..]}";
                }

                // The server takes an absent one for false, or for zero.
                var required = member.Groups["optional"].Value.Length == 0 && type != "bool" && name != "lun" ? "!" : "";
                fields.Append(CultureInfo.InvariantCulture, $" {name}{required} {type}\n");
            }

            return fields.ToString();
        }

        private string Type(string path, string type, Dictionary<string, string> imports, string scalars)
        {
            type = type.ReplaceLineEndings(" ").Trim();
            if (type.StartsWith("Array<", StringComparison.Ordinal))
            {
                return $"list {Type(path, type["Array<".Length..^1], imports, scalars)}";
            }

            if (type.StartsWith('{'))
            {
                var colon = type.IndexOf("]:", StringComparison.Ordinal);
                return colon < 0 ? "object" : $"map {Type(path, type[(colon + 2)..].TrimEnd('}', ' ').TrimEnd(';'), imports, scalars)}";
            }

            if (type.StartsWith('"'))
            {
                var words = type.Split(" | ").Select(word => word.Trim('"')).ToList();
                if (words.Exists(word => word.Contains(' ', StringComparison.Ordinal)))
                {
                    // The form has no place for a space, and only the usages of certificates have one.
                    return "string";
                }

                // Nothing stands for the default.
                return $"string =|{string.Join('|', words)}";
            }

            return type switch
            {
                "string" => scalars.Contains("byte", StringComparison.Ordinal) ? "bytes" : "string",
                "boolean" => "bool",
                "number" => scalars.Contains("int32", StringComparison.Ordinal) ? "int32" : scalars.Contains("integer", StringComparison.Ordinal) ? "int" : "number",
                _ => Reference(path, type, imports),
            };
        }

        private string Reference(string path, string type, Dictionary<string, string> imports)
        {
            if (!imports.TryGetValue(type, out var from))
            {
                // A type that names itself, and what is free in form.
                return type == $"I{Path.GetFileName(path)[..^".d.ts".Length]}" ? $"@{TypeName(path)}" : "any";
            }

            var target = from.StartsWith('.') ? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, from)) : Path.Combine(modules, from);
            target = (target.EndsWith(".js", StringComparison.Ordinal) ? target[..^3] : target) + ".d.ts";
            switch (Path.GetFileName(target)[..^".d.ts".Length])
            {
                case "Quantity":
                    return "quantity";
                case "IntOrString":
                    return "intstr";
                case "Time" or "MicroTime":
                    return "time";
                // A schema is read, and judged, by what reads the CRD.
                case "RawExtension" or "FieldsV1" or "JSON" or "JSONSchemaProps":
                    return "any";
            }

            if (Declaration(target).Body is null)
            {
                return "any";
            }

            if (asked.Add(target))
            {
                open.Enqueue(target);
            }

            return $"@{TypeName(target)}";
        }

        // The formats and number types in the validator of each member.
        private Dictionary<string, string> Scalars(string path, string text)
        {
            var result = new Dictionary<string, string>(StringComparer.Ordinal);
            if (Ids().Match(text) is not { Success: true } id)
            {
                return result;
            }

            var package = TypeName(path).Contains('/', StringComparison.Ordinal) ? Package : Machinery;
            var file = Path.Combine(modules, package, "_schemas", $"{id.Groups["id"].Value}.js");
            if (!System.IO.File.Exists(file))
            {
                return result;
            }

            read.Add(file);
            var functions = Functions().Matches(System.IO.File.ReadAllText(file)).ToDictionary(match => match.Groups["number"].Value, match => match.Groups["body"].Value, StringComparer.Ordinal);
            foreach (Match call in functions.Values.SelectMany(body => Calls().Matches(body)))
            {
                result[call.Groups["name"].Value] = Words(functions, call.Groups["number"].Value, []);
            }

            return result;
        }

        private static string Words(Dictionary<string, string> functions, string number, HashSet<string> seen)
        {
            if (!seen.Add(number) || !functions.TryGetValue(number, out var body))
            {
                return "";
            }

            var words = string.Join(' ', ScalarWords.Where(word => body.Contains($"\"{word}\"", StringComparison.Ordinal)));
            return words + string.Concat(Inner().Matches(body).Select(match => " " + Words(functions, match.Groups["number"].Value, seen)));
        }
    }
}
