using Microsoft.AspNetCore.DataProtection;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Portal.Shell;
using Weir.Response.Contracts;

namespace Weir.Portal.Tests.Support;

/// <summary>The real portal on a free port, with fakes behind its doors.</summary>
internal sealed class PortalHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PortalHost(WebApplication app, FakeAccounts accounts, FakeQuestions questions) => (_app, Accounts, Questions) = (app, accounts, questions);

    public FakeAccounts Accounts { get; }

    public FakeQuestions Questions { get; }

    /// <summary>What the host says in Explorer.</summary>
    public FakeNotice Notice => (FakeNotice)_app.Services.GetRequiredService<IHostNotice>();

    public string Address => _app.Urls.Single();

    public IServiceProvider Services => _app.Services;

    public static Task<PortalHost> StartAsync(int messages) => StartAsync(messages, record: null);

    /// <summary>Over a real record.</summary>
    public static Task<PortalHost> StartAsync(RecordedMail record) => StartAsync(0, record);

    private static async Task<PortalHost> StartAsync(int messages, RecordedMail? record)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning);
        var accounts = new FakeAccounts();
        var questions = new FakeQuestions(new FakeMail(messages, TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(24)));
        var response = new FakeResponse(accounts, TimeProvider.System);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<IAccounts>(accounts);
        builder.Services.AddSingleton<IAuditTrail>(accounts);
        builder.Services.AddSingleton<IPreferences>(new FakePreferences());
        builder.Services.AddSingleton<ISavedQueries>(new FakeSavedQueries());
        builder.Services.AddSingleton<IKeptTexts>(new FakeKeptTexts());
        builder.Services.AddSingleton(record?.Questions ?? questions);
        builder.Services.AddSingleton(record?.Get<IExports>() ?? new FakeExports(questions));
        builder.Services.AddSingleton<IHuntingCatalogue>(new FakeCatalogue(TimeProvider.System));
        builder.Services.AddSingleton<IRemediation>(response);
        builder.Services.AddSingleton<IMessageContent>(response);
        builder.Services.AddSingleton<IAutomation>(response);
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(500));
        builder.Services.AddSingleton<IHostNotice>(new FakeNotice());
        builder.Services.AddPortal();
        var app = builder.Build();
        app.MapPortal();
        await app.StartAsync(CancellationToken.None);
        return new PortalHost(app, accounts, questions);
    }

    /// <summary>Stops at once: open pages lose their connection.</summary>
    public async Task StopAsync()
    {
        using var at = new CancellationTokenSource();
        await at.CancelAsync();
        await _app.StopAsync(at.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
