using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports schedules and time zones of CronJobs that the API server refuses.</summary>
public sealed class CronScheduleInvalid : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } = new("KL7051", "cron-schedule-invalid", "A CronJob's schedule or time zone cannot be read", Severity.Error)
    {
        Reference = new("https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax"),
    };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        on.Object("batch", "CronJob", context => Check(context, context.Object.Spec));
        on.Values((context, values) =>
        {
            // https://bjw-s-labs.github.io/helm-charts/docs/common-library/: read for controllers of that type only.
            foreach (var entry in values["controllers"]?.AsMapping()?.EffectiveEntries() ?? [])
            {
                if (entry.Value.GetString("type") == "cronjob" && entry.Value.Get("containers") is YamlMapping)
                {
                    Check(context, entry.Value.Get("cronjob") as YamlMapping);
                }
            }
        });
    }

    private static void Check(ObjectContext context, YamlMapping? job)
    {
        if (job?["schedule"] is YamlScalar { IsNull: false } schedule && Template.IsPlain(schedule) && CronSchedule.FindProblem(schedule.Value) is { } problem)
        {
            context.Report(
                schedule,
                $"The schedule '{schedule.Value}' cannot be read: {problem}",
                "Write minute, hour, day of month, month and day of week (`0 3 * * 1`), or one of @hourly, @daily, @weekly, @monthly, @yearly");
        }

        if (job?["timeZone"] is YamlScalar { IsNull: false } zone && Template.IsPlain(zone) && TimeZoneNames.FindProblem(zone.Value) is { } unknown)
        {
            context.Report(zone, $"The time zone '{zone.Value}' is not accepted: {unknown}", "Write a name of the time zone database, such as `Europe/Berlin` or `Etc/UTC`");
        }
    }
}
