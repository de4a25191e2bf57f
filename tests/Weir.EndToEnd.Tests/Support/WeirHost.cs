using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Access;
using Weir.Access.Contracts;
using Weir.Detection;
using Weir.Detection.Contracts;
using Weir.Directory;
using Weir.Events;
using Weir.Events.Contracts;
using Weir.Gateway;
using Weir.Intelligence;
using Weir.Mail;
using Weir.Storage;
using Weir.Storage.Contracts;

namespace Weir.EndToEnd.Tests.Support;

/// <summary>Weir's modules behind the lab's Postfix, in this process, on a data directory that outlives it when the test says so.</summary>
internal sealed class WeirHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly bool _keepsData;

    private WeirHost(IHost host, DataDirectory data, bool keepsData)
    {
        _host = host;
        Data = data;
        _keepsData = keepsData;
    }

    public DataDirectory Data { get; }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public static async Task<WeirHost> StartAsync(Lab lab, Action<IServiceCollection>? change = null, Dictionary<string, string?>? settings = null, DataDirectory? data = null)
    {
        var directory = data ?? new DataDirectory(TestRun.NewFolder("e2e"));
        var host = Compose(directory, SettingsFor(lab).Concat(settings ?? []).GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal), change);
        await PrepareAndStartAsync(host, TestContext.Current.CancellationToken);
        return new WeirHost(host, directory, data is not null);
    }

    /// <summary>Settings that put Weir behind the lab's Postfix and before its Dovecot.</summary>
    public static Dictionary<string, string?> SettingsFor(Lab lab) => new(StringComparer.Ordinal)
    {
        ["milter:listen"] = $"inet:127.0.0.1:{lab.Milter}",
        ["delivery:postfixLog"] = lab.PostfixLog,
        ["delivery:dovecotSpool"] = lab.DovecotSpool,
    };

    public static IHost Compose(DataDirectory directory, IReadOnlyDictionary<string, string?> settings, Action<IServiceCollection>? change = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole();
        builder.Services.AddSingleton(directory).AddSingleton(TimeProvider.System);
        builder.Services.AddStorage().AddAccess().AddDirectory().AddMail().AddEvents().AddIntelligence().AddDetection().AddGateway();
        builder.Services.AddSingleton<IMessageJudge, ScriptedJudge>();
        change?.Invoke(builder.Services);
        return builder.Build();
    }

    public static async Task PrepareAndStartAsync(IHost host, CancellationToken cancellationToken)
    {
        await StorageModule.CreateDatabaseAsync(host.Services, cancellationToken);
        await DirectoryModule.LoadAsync(host.Services, cancellationToken);
        await DetectionModule.LoadAsync(host.Services, cancellationToken);
        // A new installation watches; these tests are about what happens when it does more.
        var policies = host.Services.GetRequiredService<IPolicySettings>();
        var caller = Caller.System("test", Permission.SecuritySettingsRead, Permission.SecuritySettingsManage);
        Assert.Empty(await policies.SaveAsync(caller, policies.Read(caller) with { Mode = PolicyMode.On }, cancellationToken));
        await host.StartAsync(cancellationToken);
    }

    /// <summary>Asks in KQL after everything in the log is shown.</summary>
    public async Task<Answer> AskAsync(string kql)
    {
        var log = Get<IEventLog>();
        await log.WaitUntilShownAsync(log.Last, TestContext.Current.CancellationToken);
        return await Get<IQuestions>().AskAsync(Caller.System("test", Enum.GetValues<Permission>()), new Question(kql), TestContext.Current.CancellationToken);
    }

    /// <summary>Follows the log until the condition holds for what has come so far; at most 20 s.</summary>
    public async Task<IReadOnlyList<Fact>> FactsAsync(Func<IReadOnlyList<Fact>, bool> until)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        var facts = new List<Fact>();
        try
        {
            await foreach (var logged in Get<IEventLog>().FollowAsync(0, limit.Token))
            {
                facts.Add(logged.Fact);
                if (until(facts))
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"Not seen in time. In the log:\n{string.Join('\n', facts)}");
        }

        return facts;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        if (!_keepsData)
        {
            System.IO.Directory.Delete(Data.Path, recursive: true);
        }
    }
}
