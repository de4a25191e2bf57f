using Microsoft.Extensions.Options;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Antimalware;
using Weir.Kernel;

namespace Weir.Detection.Checks;

/// <summary>clamd answers a scan.</summary>
internal sealed class ClamdCheck(IAntimalware antimalware, IOptions<DetectionOptions> options) : ICheck
{
    public string Name => "ClamAV";

    public async ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var result = await antimalware.ScanAsync("Subject: check\r\n\r\nHello.\r\n"u8.ToArray(), cancellationToken);
        return result.Status switch
        {
            AntimalwareStatus.NotConfigured => CheckResult.Off("No clamd is configured: malware is found by form and known hashes only", "Install clamav-daemon and set detection.clamd to unix:/run/clamav/clamd.ctl."),
            AntimalwareStatus.Unavailable => CheckResult.Failed(
                result.Name, $"Start clamd (systemctl start clamav-daemon), see that it has signatures (freshclam), and that detection.clamd ({options.Value.Clamd}) is where it listens and weir may open it."),
            _ => CheckResult.Ok($"clamd answers at {options.Value.Clamd}"),
        };
    }
}
