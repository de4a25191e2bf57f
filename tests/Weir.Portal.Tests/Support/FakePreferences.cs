using System.Collections.Concurrent;
using Weir.Access.Contracts;

namespace Weir.Portal.Tests.Support;

/// <summary>Preferences that last as long as the host.</summary>
internal sealed class FakePreferences : IPreferences
{
    private readonly ConcurrentDictionary<(string Owner, string Name), string> _texts = new();

    public ValueTask<string?> FindAsync(Caller caller, string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_texts.GetValueOrDefault((caller.Id, name)));

    public ValueTask SetAsync(Caller caller, string name, string? text, CancellationToken cancellationToken)
    {
        if (text is null)
        {
            _texts.TryRemove((caller.Id, name), out _);
        }
        else
        {
            _texts[(caller.Id, name)] = text;
        }

        return ValueTask.CompletedTask;
    }
}
