using Weir.Kernel;

namespace Weir.Server.Doctor;

/// <summary>Runs every check, one after the other; one that breaks or takes too long has failed and the others go on.</summary>
internal static class Examination
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    public static async Task<IReadOnlyList<Examined>> RunAsync(IEnumerable<ICheck> checks, TimeProvider time, CancellationToken cancellationToken)
    {
        var seen = new List<Examined>();
        foreach (var check in checks.OrderBy(check => check.Name, StringComparer.Ordinal))
        {
            seen.Add(new Examined(check.Name, await RunAsync(check, time, cancellationToken)));
        }

        return seen;
    }

    private static async Task<IReadOnlyList<CheckResult>> RunAsync(ICheck check, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await check.RunAsync(either.Token).AsTask().WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return CheckResult.Failed($"No answer within {Longest.TotalSeconds:F0} s", "See whether the server that it asks hangs, or a firewall drops the connection.");
        }
        catch (Exception broken) when (!cancellationToken.IsCancellationRequested)
        {
            return CheckResult.Failed($"{broken.GetType().Name}: {broken.Message}", "Look at weir's log for the same words.");
        }
    }
}
