using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Weir.EndToEnd.Tests.Support;

[assembly: AssemblyFixture(typeof(Lab))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Weir.EndToEnd.Tests.Support;

/// <summary>Real Postfix, Dovecot, clamd and DNS (<c>lab/mail-lab</c>), started when first asked for; one a run.</summary>
public sealed class Lab : IAsyncLifetime
{
    private static readonly string[] Programs = ["postfix", "dovecot", "clamd", "unbound", "smtp-sink", "swaks"];
    private static readonly string[] Paths = ["/usr/sbin", "/usr/bin"];

    private readonly SemaphoreSlim _once = new(1);
    private readonly string _directory = TestRun.NewFolder("lab");
    private JsonElement _settings;
    private string? _failure;
    private bool _isUp;

    /// <summary>Skips the test by name when a package or root is missing; fails it when the lab does not start.</summary>
    public async Task RequireAsync()
    {
        RequirePrograms();
        await _once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!_isUp && _failure is null)
            {
                await StartAsync();
            }
        }
        finally
        {
            _once.Release();
        }

        Assert.True(_isUp, _failure);
    }

    /// <summary>Skips the test by name when a package or root is missing.</summary>
    public static void RequirePrograms(params string[] further)
    {
        var missing = Programs.Concat(further).Where(program => !Paths.Any(path => File.Exists(Path.Combine(path, program)))).ToList();
        Assert.SkipUnless(missing.Count == 0, $"needs the Debian packages of build/packages.txt (missing: {string.Join(", ", missing)})");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root to start Postfix and Dovecot");
    }

    /// <summary>Starts a lab of the test's own in a new folder.</summary>
    internal static async Task<JsonElement> StartAsync(string directory, params (string Name, string Value)[] environment)
    {
        await RunAsync([], "clean");
        var (code, output, errors) = await RunAsync(environment, "start", directory);
        return code == 0 ? JsonDocument.Parse(output).RootElement : throw new InvalidOperationException($"The lab did not start: {errors}");
    }

    internal static Task StopAsync(string directory) => RunAsync([], "stop", directory);

    /// <summary>Port of the exchanger that strangers speak to.</summary>
    public int Smtp => Number("smtp");

    /// <summary>Port where anybody may send anywhere: the organisation's own users.</summary>
    public int Submission => Number("submission");

    /// <summary>Port where the organisation's users send after signing in (SASL by Dovecot).</summary>
    public int SignedIn => Number("signedin");

    /// <summary>Port of an exchanger that sends a copy of everything to the journal.</summary>
    public int Copying => Number("copying");

    /// <summary>Port of one that does so and knows no milter.</summary>
    public int Unfiltered => Number("unfiltered");

    public int Imap => Number("imap");
    public int Milter => Number("milter");
    public int Journal => Number("journal");
    public int Dns => Number("dns");
    public string ClamdSocket => Text("clamdSocket");
    public string PostfixLog => Text("postfixLog");
    public string DovecotLog => Text("dovecotLog");
    public string DovecotSpool => Text("dovecotSpool");
    public string OutsideMail => Text("outsideMail");
    public string Password => Text("password");
    public string MasterUser => Text("masterUser");
    public string MasterPassword => Text("masterPassword");
    public byte[] Eicar => File.ReadAllBytes(Text("eicar"));

    /// <summary>Writes the <c>weir.json</c> of a Weir behind this Postfix and before this Dovecot.</summary>
    public void Configure(string data) => File.WriteAllText(Path.Combine(data, "weir.json"), $$"""
        {
          "milter": { "listen": "inet:127.0.0.1:{{Milter}}" },
          "dns": { "server": "127.0.0.1:{{Dns}}" },
          "delivery": { "postfixLog": "{{PostfixLog}}", "dovecotSpool": "{{DovecotSpool}}" }
        }
        """);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_isUp)
        {
            await StopAsync(_directory);
        }

        _once.Dispose();
    }

    private async Task StartAsync()
    {
        try
        {
            _settings = await StartAsync(_directory);
            _isUp = true;
        }
        catch (InvalidOperationException failed)
        {
            _failure = failed.Message;
        }
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync((string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Repository.Root, "lab", "mail-lab"), arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LAB_OWNER"] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("The lab cannot be run.");
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        return (process.ExitCode, await output, await errors);
    }

    private int Number(string name) => _settings.GetProperty(name).GetInt32();

    private string Text(string name) => _settings.GetProperty(name).GetString() ?? "";
}
