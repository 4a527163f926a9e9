namespace KubeLint.Flux.Tests.Model;

public sealed class ControllerPatternTests
{
    [Theory]
    [InlineData("helm-controller", "helm-controller", true)]
    [InlineData("helm", "helm-controller", false)]
    [InlineData("(kustomize-controller|helm-controller)", "helm-controller", true)]
    [InlineData("kustomize-controller|helm-controller", "helm-controller", true)]
    [InlineData("(kustomize-controller|helm-controller)", "source-controller", false)]
    [InlineData("helm.controller", "helm-controller", true)]
    [InlineData("helm.controller", "helmcontroller", false)]
    [InlineData(".*-controller", "helm-controller", true)]
    [InlineData("(kustomize|helm)-controller", "helm-controller", true)]
    [InlineData("(helm", "helm-controller", false)]
    [InlineData("[", "helm-controller", false)]
    public void A_target_s_name_is_an_anchored_expression(string pattern, string controller, bool expected) => ControllerPattern.Matches(pattern, controller).ShouldBe(expected);
}
