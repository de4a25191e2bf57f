using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace Weir.Gateway.Checks.Postfix;

/// <summary>postconf(1) of this machine.</summary>
internal sealed class Postconf(IOptions<DoctorOptions> options) : IPostconf
{
    /// <summary>It is in no user's PATH on Debian.</summary>
    private static readonly string[] Programs = ["/usr/sbin/postconf", "/usr/local/sbin/postconf", "/usr/bin/postconf", "/opt/postfix/sbin/postconf"];

    public async ValueTask<PostconfAnswer?> AskAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        if (Programs.FirstOrDefault(File.Exists) is not { } program)
        {
            return null;
        }

        string[] place = options.Value.Postfix.Length > 0 ? ["-c", options.Value.Postfix] : [];
        using var process = Process.Start(new ProcessStartInfo(program, [.. place, .. arguments]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{program} cannot be run.");
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return new PostconfAnswer(process.ExitCode, output, (await errors).Trim());
    }
}
