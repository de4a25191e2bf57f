using Weir.Access.Contracts;
using Weir.Response.Contracts;

namespace Weir.Server.Demo;

/// <summary>
/// The demo takes nothing back by itself: what turns out bad after delivery stays to be found, and waits in Action center › Pending. What somebody set stays.
/// </summary>
internal static class DemoAutomation
{
    public static async Task EnsureAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var automation = services.GetRequiredService<IAutomation>();
        var caller = Caller.System("demo", Permission.SecurityDataRead, Permission.ResponseManage) with { Reason = "The demo leaves it to you." };
        if ((await automation.StateAsync(caller, cancellationToken)).By.Length == 0)
        {
            await automation.SetAsync(caller, isOn: false, cancellationToken);
        }
    }
}
