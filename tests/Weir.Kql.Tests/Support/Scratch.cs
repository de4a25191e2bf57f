using Microsoft.Extensions.DependencyInjection;
using Weir.Events;
using Weir.Events.Contracts;

namespace Weir.Kql.Tests.Support;

/// <summary>Runs queries on the empty hunting tables in memory, at a fixed time.</summary>
public sealed class Scratch : IDisposable
{
    public static readonly DateTimeOffset Now = new(2024, 5, 6, 7, 8, 9, TimeSpan.Zero);

    private readonly ServiceProvider _services = new ServiceCollection().AddScratchStore().BuildServiceProvider();

    public IScratchStore Store => _services.GetRequiredService<IScratchStore>();

    public Task<Answer> AskAsync(string kql, CancellationToken cancellationToken) => Store.AskAsync(kql, Now, cancellationToken);

    public void Dispose() => _services.Dispose();
}
