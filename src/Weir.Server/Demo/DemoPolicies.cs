using Weir.Access.Contracts;
using Weir.Detection.Contracts;

namespace Weir.Server.Demo;

/// <summary>The demo protects from the start: Standard for everybody. What somebody changed in it stays.</summary>
internal static class DemoPolicies
{
    public static async Task EnsureAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var settings = services.GetRequiredService<IPolicySettings>();
        var caller = Caller.System("demo", Permission.SecuritySettingsRead, Permission.SecuritySettingsManage);
        var policies = settings.Read(caller);
        if (policies.Version > 1)
        {
            return;
        }

        var problems = await settings.SaveAsync(caller, policies with { Mode = PolicyMode.On, Standard = policies.Standard with { IsOn = true, Scope = PolicyScope.Everybody } }, cancellationToken);
        if (problems.Count > 0)
        {
            throw new InvalidOperationException($"The demo's policies could not be saved: {string.Join(" ", problems)}");
        }
    }
}
