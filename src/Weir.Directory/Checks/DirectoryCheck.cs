using Microsoft.Extensions.Options;
using Weir.Access.Contracts;
using Weir.Directory.Contracts;
using Weir.Directory.Ldap;
using Weir.Kernel;

namespace Weir.Directory.Checks;

/// <summary>The organisation is known, and the directory server can be read.</summary>
internal sealed class DirectoryCheck(IDirectory directory, IDirectorySync sync, IOptions<DirectoryOptions> options) : ICheck
{
    private static readonly Caller Doctor = Caller.System("doctor", Permission.SecuritySettingsManage);

    public string Name => "Directory";

    public async ValueTask<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var now = directory.Current;
        var known = now.OwnDomains.Count == 0
            ? new CheckResult(CheckState.Warning, "No domain is known as the organisation's own: inbound and outbound mail cannot be told apart", "Run weir directory import with a domains.csv (docs/directory.md).")
            : new CheckResult(CheckState.Ok, $"{now.OwnDomains.Count} own domains, {now.People.Count} people and {now.Lists.Count} lists are known");
        if (options.Value.Ldap is not { } settings)
        {
            return [known];
        }

        var trial = await sync.SyncAsync(Doctor, isForced: false, isTrial: true, cancellationToken);
        return
        [
            known,
            trial.Problem.Length > 0
                ? new CheckResult(CheckState.Failed, trial.Problem, "Correct directory.ldap, or the server; weir directory sync --try shows what it would read.")
                : new CheckResult(CheckState.Ok, $"{settings.Server} shows {trial.People} people and {trial.Lists} lists"),
        ];
    }
}
