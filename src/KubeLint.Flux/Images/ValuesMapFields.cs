using KubeLint.Yaml;

namespace KubeLint.Flux.Images;

/// <summary>The keys of one mapping of chart values that may belong to an image.</summary>
internal struct ValuesMapFields
{
    public YamlScalar? Image;
    public YamlScalar? Registry;
    public YamlScalar? Repository;
    public YamlScalar? Name;
    public YamlScalar? Tag;
    public YamlScalar? Digest;
    public YamlScalar? PullPolicy;
    public YamlScalar? ImagePullPolicy;
    public bool HasVersion;
    public bool HasChart;

    /// <summary>Whether something stands here that only an image has.</summary>
    public readonly bool SaysImage => Registry is not null || Repository is not null || Tag is not null || Digest is not null;

    public static ValuesMapFields Of(YamlMapping map)
    {
        var fields = default(ValuesMapFields);
        foreach (var entry in map.EffectiveEntries())
        {
            if (entry.Value.Resolved is not YamlScalar scalar)
            {
                continue;
            }

            switch (entry.Name)
            {
                case "image":
                    fields.Image = scalar;
                    break;
                case "registry":
                    fields.Registry = scalar;
                    break;
                case "repository" or "repo":
                    fields.Repository = scalar;
                    break;
                case "name":
                    fields.Name = scalar;
                    break;
                case "tag" or "imageTag":
                    fields.Tag = scalar;
                    break;
                case "digest" or "sha" or "sha256" or "imageDigest":
                    fields.Digest = scalar;
                    break;
                case "pullPolicy":
                    fields.PullPolicy = scalar;
                    break;
                case "imagePullPolicy":
                    fields.ImagePullPolicy = scalar;
                    break;
                case "version" or "appVersion" or "imageVersion":
                    fields.HasVersion = true;
                    break;
                case "chart":
                    fields.HasChart = true;
                    break;
            }
        }

        return fields;
    }
}
