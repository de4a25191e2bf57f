using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Weir.Storage;
using Weir.Storage.Contracts;

namespace Weir.Tests.Support;

/// <summary>A data directory of its own with the modules under test, a clock that stands still, and a database; all gone afterwards.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private TestHost(ServiceProvider services, DataDirectory directory, FakeTimeProvider clock)
    {
        Services = services;
        Directory = directory;
        Clock = clock;
    }

    public ServiceProvider Services { get; }
    public DataDirectory Directory { get; }
    public FakeTimeProvider Clock { get; }

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public static async Task<TestHost> StartAsync(Action<IServiceCollection> modules, string? path = null)
    {
        var directory = new DataDirectory(path ?? TestRun.NewFolder());
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 2, 8, 0, 0, TimeSpan.Zero));
        var services = new ServiceCollection();
        services.AddSingleton(directory);
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddStorage();
        modules(services);
        var provider = services.BuildServiceProvider();
        await StorageModule.CreateDatabaseAsync(provider, CancellationToken.None);
        return new TestHost(provider, directory, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(Directory.Path, recursive: true);
    }
}
