using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using Weir.Access;
using Weir.Detection;
using Weir.Detection.Contracts;
using Weir.Directory;
using Weir.Events;
using Weir.Gateway;
using Weir.Intelligence;
using Weir.Kernel;
using Weir.Mail;
using Weir.Mailboxes;
using Weir.Portal;
using Weir.Response;
using Weir.Server.Local;
using Weir.Storage;
using Weir.Storage.Contracts;

namespace Weir.Server.Hosting;

/// <summary>One Weir: every module over one data directory, which is locked while it lives.</summary>
internal sealed class ServerHost : IAsyncDisposable
{
    private readonly DataDirectoryLock _lock;

    private ServerHost(WebApplication application, DataDirectoryLock directoryLock)
    {
        Application = application;
        _lock = directoryLock;
    }

    public WebApplication Application { get; }
    public IServiceProvider Services => Application.Services;

    /// <summary>Where the portal listens; known once started.</summary>
    public Uri Address => new(Application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First(address => !address.Contains("unix:", StringComparison.Ordinal)));

    /// <summary>Takes the directory, checks the configuration and brings the stores up to date. Nothing listens yet.</summary>
    /// <exception cref="ConfigurationException">The configuration has a mistake.</exception>
    /// <exception cref="DataDirectoryInUseException">Another process holds the directory.</exception>
    public static async Task<ServerHost> CreateAsync(ServerHostSettings settings, CancellationToken cancellationToken)
    {
        var directoryLock = DataDirectoryLock.Take(settings.Directory);
        try
        {
            var application = Compose(settings);
            await StorageModule.CreateDatabaseAsync(application.Services, cancellationToken);
            await DirectoryModule.LoadAsync(application.Services, cancellationToken);
            await DetectionModule.LoadAsync(application.Services, cancellationToken);
            // Made here: a service that refuses its section would otherwise fail within the start, and a host whose start failed there cannot be stopped.
            application.Services.GetService<IStartupValidator>()?.Validate();
            _ = application.Services.GetServices<IHostedService>().ToList();
            _ = application.Services.GetRequiredService<IMessageJudge>();
            return new ServerHost(application, directoryLock);
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }

    /// <exception cref="ConfigurationException">The portal's port is in use.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Application.StartAsync(cancellationToken);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            throw new ConfigurationException($"{taken.Message} Stop what listens there, or take another port: --port, or server.port in weir.json.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Stopped before it is disposed, so that background work ends in order even when a command failed.
        await Application.StopAsync(CancellationToken.None);
        await Application.DisposeAsync();
        _lock.Dispose();
    }

    /// <summary>Every room but the portal.</summary>
    internal static IServiceCollection AddModules(IServiceCollection services) => services
        .AddStorage(migrationsAssembly: typeof(ServerHost).Assembly.GetName().Name)
        .AddAccess()
        .AddDirectory()
        .AddMail()
        .AddInspectionChildren(provider => ThisProgram.Inspection(provider.GetRequiredService<DataDirectory>().Path))
        .AddEvents()
        .AddIntelligence()
        .AddDetection()
        .AddMailboxes()
        .AddGateway()
        .AddResponse()
        .AddEvery<ICheck>(typeof(StorageModule).Assembly)
        .AddEvery<ICheck>(typeof(DirectoryModule).Assembly)
        .AddEvery<ICheck>(typeof(EventsModule).Assembly)
        .AddEvery<ICheck>(typeof(MailModule).Assembly)
        .AddEvery<ICheck>(typeof(DetectionModule).Assembly)
        .AddEvery<ICheck>(typeof(MailboxesModule).Assembly)
        .AddEvery<ICheck>(typeof(GatewayModule).Assembly)
        .AddEvery<ICheck>(typeof(ResponseModule).Assembly)
        .AddEvery<ICheck>(typeof(ServerHost).Assembly);

    private static WebApplication Compose(ServerHostSettings settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ServerHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        // Kept apart from what the framework adds, so that unknown keys can be told.
        var file = ConfigurationFile.Read(settings);
        var configuration = file.Root;
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(settings.LogLevel)
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning)
            // The keys are for this process's user alone, as the directory that they lie in is (0700); the framework would have them encrypted as well.
            .AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        // What fails a start is thrown to the command, which says it in a line; the framework would print it with its stack before.
        var hasStarted = false;
        bool IsLogged(LogLevel level) => level >= LogLevel.Warning && (hasStarted || level < LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", IsLogged).AddFilter("Microsoft.AspNetCore.Server.Kestrel", IsLogged);
        // What a command prints may be read by programs: the log is not part of it.
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton(settings.Directory);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSection<ServerOptions>("server");
        AddModules(builder.Services);
        builder.Services.AddDataProtection().SetApplicationName("weir").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(settings.Directory.Keys, "cookies")));
        settings.Further(builder.Services);
        var sections = builder.Services.Where(service => service.ServiceType == typeof(ConfigurationSectionDescription))
            .Select(service => (ConfigurationSectionDescription)service.ImplementationInstance!).ToList();
        file.CheckKeysAndTypes(sections);
        ConfigurationValues.Check(configuration, sections);
        var options = configuration.GetSection("server").Get<ServerOptions>() ?? new ServerOptions();
        var address = IPAddress.TryParse(options.Address, out var read) ? read
            : throw new ConfigurationException($"weir.json: server.address is '{options.Address}'. Write an address of this machine, such as 127.0.0.1.");
        var proxies = TrustedProxies.Read(options.TrustedProxies);
        builder.WebHost.UseKestrelCore().UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(address, options.Port);
            LocalSocket.Listen(kestrel, settings.Directory);
        });
        builder.Services.AddRoutingCore();
        if (settings.WithPortal)
        {
            builder.Services.AddPortal();
        }

        var application = builder.Build();
        application.Lifetime.ApplicationStarted.Register(() => hasStarted = true);
        application.UseLocalSocket();
        application.UseForwardedHeaders(proxies);
        if (settings.WithPortal)
        {
            application.MapPortal();
        }

        return application;
    }
}
