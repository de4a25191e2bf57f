using System.Collections.Concurrent;
using Weir.Access.Contracts;
using Weir.Events.Contracts;

namespace Weir.Portal.Tests.Support;

/// <summary>Kept texts that last as long as the host.</summary>
internal sealed class FakeKeptTexts : IKeptTexts
{
    private readonly ConcurrentDictionary<string, string> _all = new(StringComparer.Ordinal);

    public ValueTask<string> KeepAsync(Caller caller, string text, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailMetadataRead);
        var name = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))[..32];
        _all[name] = text;
        return ValueTask.FromResult(name);
    }

    public ValueTask<string?> FindAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailMetadataRead);
        return ValueTask.FromResult(_all.GetValueOrDefault(name));
    }
}
