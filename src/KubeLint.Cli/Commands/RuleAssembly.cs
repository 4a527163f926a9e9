using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

using KubeLint.Analysis;

namespace KubeLint.Cli;

/// <summary>Loads rules from an assembly that the user names. A repository never names one: that would run its code.</summary>
internal static class RuleAssembly
{
    /// <summary>The rules of an assembly: what a class with <see cref="RuleRegistryAttribute"/> lists, or else each public rule, with its defaults.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="shown">The path as the user wrote it.</param>
    /// <exception cref="UsageException">The program cannot load code, or the file holds no rules.</exception>
    public static ImmutableArray<RuleEntry> Load(string path, string shown)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            throw new UsageException("--rules needs the build that runs on .NET: the native one cannot load code (dotnet tool install KubeLint.any)");
        }

        if (!File.Exists(path))
        {
            throw new UsageException($"--rules: there is no file '{shown}'");
        }

        try
        {
            return Read(path, shown);
        }
        catch (Exception error) when (error is BadImageFormatException or FileLoadException or ReflectionTypeLoadException or TypeLoadException or MissingMethodException or TargetInvocationException)
        {
            throw new UsageException($"--rules {shown} cannot be loaded: {error.Message}");
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only where the runtime can load code, and then nothing is trimmed.")]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Only where the runtime can load code, and then nothing is trimmed.")]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "Only where the runtime can load code, and then nothing is trimmed.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Only where the runtime can load code, and then nothing is trimmed.")]
    private static ImmutableArray<RuleEntry> Read(string path, string shown)
    {
        var types = Assembly.LoadFrom(path).GetExportedTypes();
        var registered = types.Where(type => type.GetCustomAttribute<RuleRegistryAttribute>() is not null)
            .SelectMany(type => type.GetProperty("All", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) is ImmutableArray<RuleEntry> all ? all : []).ToImmutableArray();
        if (!registered.IsEmpty)
        {
            return registered;
        }

        ImmutableArray<RuleEntry> found =
        [
            .. types.Where(type => typeof(Rule).IsAssignableFrom(type) && !type.IsAbstract).Select(type => type.GetConstructor(Type.EmptyTypes)).OfType<ConstructorInfo>()
                .Select(constructor => RuleEntry.Of(() => (Rule)constructor.Invoke(null))),
        ];
        return found.IsEmpty ? throw new UsageException($"--rules {shown} has no public class that is a rule of KubeLint.Analysis") : found;
    }
}
