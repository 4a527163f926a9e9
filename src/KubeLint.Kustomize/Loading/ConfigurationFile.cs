using KubeLint.Yaml;

namespace KubeLint.Kustomize.Loading;

/// <summary>Reads the files that configure a kustomization: one document each.</summary>
internal static class ConfigurationFile
{
    /// <summary>The root of a file that must hold a mapping; null, with the problem noted, where it does not.</summary>
    public static YamlMapping? Load(YamlScalar path, KustomizationFile file, BuildContext context)
    {
        var root = LoadNode(path, file, context);
        if (root is YamlMapping mapping)
        {
            return mapping;
        }

        if (root is not null)
        {
            context.Error(KustomizeProblemKind.InvalidField, root, $"Expected a mapping in '{path.Value}'");
        }

        return null;
    }

    /// <summary>The root of a file; null, with the problem noted, where it cannot be read or is empty.</summary>
    public static YamlNode? LoadNode(YamlScalar path, KustomizationFile file, BuildContext context)
    {
        if (RemotePath.IsRemote(path.Value))
        {
            context.IsIncomplete = true;
            context.Note(KustomizeProblemKind.RemoteBase, path, $"The remote file '{path.Value}' is not fetched");
            return null;
        }

        var absolute = file.Resolve(path.Value);
        if (path.Value.Length == 0 || !context.Files.Source.FileExists(absolute))
        {
            context.Error(KustomizeProblemKind.MissingFile, path, $"No such file: '{context.Files.Display(absolute)}'", file.Nearest(path.Value, context));
            return null;
        }

        context.Read(absolute, file, path);
        var parsed = context.Files.Parse(absolute);
        var isBroken = false;
        foreach (var problem in parsed.Problems)
        {
            if (problem.Kind != YamlProblemKind.DuplicateKey)
            {
                context.Error(KustomizeProblemKind.Syntax, parsed.Text.Locate(problem.Span), problem.Message);
                isBroken = true;
            }
        }

        if (isBroken)
        {
            return null;
        }

        if (parsed.Documents.IsEmpty || parsed.Documents[0].Root is not { } root)
        {
            context.Error(KustomizeProblemKind.InvalidField, path, $"The file '{path.Value}' is empty");
            return null;
        }

        return new Dealiaser(parsed.Text.Content).Resolve(root);
    }
}
