using Microsoft.Extensions.Options;
using Weir.Gateway.Delivery;
using Weir.Kernel;

namespace Weir.Gateway.Checks;

/// <summary>The mail server's logs that say who received what are there and can be read.</summary>
internal sealed class DeliveryReadersCheck(IOptions<DeliveryOptions> options) : ICheck
{
    public string Name => "Delivery readers";

    public ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        if (settings.IsAssumed && !settings.KnowsFolders)
        {
            return ValueTask.FromResult(CheckResult.Off("No log of the mail server is read: delivery is assumed, and shown so", "Set delivery.postfixLog to /var/log/mail.log or what maillog_file names."));
        }

        var results = new List<CheckResult>();
        if (settings.PostfixLog.Length > 0)
        {
            results.Add(Look("Postfix's log", settings.PostfixLog, "Correct delivery.postfixLog, and let weir read the file (group adm on Debian)."));
        }

        if (settings.DovecotSpool.Length > 0)
        {
            results.Add(Look("Dovecot's notifications", settings.DovecotSpool, "Correct delivery.dovecotSpool; the file comes with the first delivery once weir-delivery.lua is loaded (docs/dovecot)."));
        }

        if (settings.DovecotLog.Length > 0)
        {
            results.Add(Look("Dovecot's log", settings.DovecotLog, "Correct delivery.dovecotLog, and let weir read the file."));
        }

        if (settings.IsAssumed)
        {
            results.Add(new CheckResult(CheckState.Off, "Postfix's log is not read: refusals and bounces are not seen", "Set delivery.postfixLog."));
        }

        return ValueTask.FromResult<IReadOnlyList<CheckResult>>(results);
    }

    private static CheckResult Look(string what, string path, string advice)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return new CheckResult(CheckState.Ok, $"{what} {path} can be read");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new CheckResult(CheckState.Failed, $"{what}: {problem.Message}", advice);
        }
    }
}
