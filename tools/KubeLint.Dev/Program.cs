using System.Reflection;

using KubeLint.Dev;

// A tool for the console.
#pragma warning disable RS0030

var root = typeof(GeneratedFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "RepositoryRoot").Value!;
switch (args)
{
    case ["generate"]:
        foreach (var path in GeneratedFiles.Write(root))
        {
            Console.WriteLine($"wrote {path}");
        }

        return 0;
    case ["generate", "--check"]:
        var stale = GeneratedFiles.FindStale(root);
        foreach (var path in stale)
        {
            Console.Error.WriteLine($"{path} is not what the rules say: run dotnet run --project tools/KubeLint.Dev -- generate");
        }

        return stale.Count == 0 ? 0 : 1;
    case ["kubernetes-schema", .. var folders] when folders.Length < 2:
        if (KubernetesSchema.Create(folders is [var folder] ? folder : Path.Combine(root, "artifacts/npm")) is not { } schema)
        {
            Console.Error.WriteLine("first: npm install --prefix artifacts/npm --ignore-scripts kubernetes-models@5.1.0 @kubernetes-models/apimachinery@3.0.2");
            return 2;
        }

        File.WriteAllText(Path.Combine(root, KubernetesSchema.File), schema);
        Console.WriteLine($"wrote {KubernetesSchema.File}");
        return 0;
    case ["new-rule", var family, var name]:
        try
        {
            foreach (var path in NewRule.Write(root, family, name))
            {
                Console.WriteLine($"wrote {path}");
            }

            Console.WriteLine("Now: dotnet test tests/KubeLint.Rules.Tests");
            return 0;
        }
        catch (ArgumentException error)
        {
            Console.Error.WriteLine(error.Message);
            return 2;
        }

    default:
        Console.Error.WriteLine(
            """
            usage: dotnet run --project tools/KubeLint.Dev -- COMMAND
              new-rule FAMILY NAME   makes the folders of a rule: new-rule images image-latest-tag
              kubernetes-schema [FOLDER]   writes the schemas of Kubernetes' kinds from the npm package below FOLDER (artifacts/npm)
              generate [--check]     writes schemas/ and docs/rules/ from the rules; --check only compares
            """);
        return 2;
}
