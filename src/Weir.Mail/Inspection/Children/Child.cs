using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Weir.Mail.Contracts;

namespace Weir.Mail.Inspection.Children;

/// <summary>One child process, from its parent's side. Ended, not asked, when it goes over a limit.</summary>
internal sealed class Child : IDisposable
{
    private const int LongestErrors = 2_000;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly InspectionOptions _options;
    private readonly TimeProvider _time;
    private readonly byte[] _errors = new byte[LongestErrors];
    private readonly Task<int> _errorsRead;

    private Child(Process process, InspectionOptions options, TimeProvider time)
    {
        _process = process;
        _options = options;
        _time = time;
        _errorsRead = ReadErrorsAsync();
    }

    public int Id => _process.Id;

    /// <summary>What it said of itself.</summary>
    public InspectionHello Hello { get; private set; } = new(false, 0, null);

    /// <summary>Messages that it read.</summary>
    public int Messages { get; private set; }

    public bool HasEnded => _process.HasExited;

    /// <summary>Starts one and waits until it is ready.</summary>
    /// <exception cref="ChildFailedException">It cannot be started, or ended at once.</exception>
    public static async Task<Child> StartAsync(InspectionProgram program, string rules, InspectionOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program.File, rules.Length > 0 ? [.. program.Arguments, ChildLoop.RulesArgument, rules] : program.Arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        Environment(start, options.MemoryMib);
        Child child;
        try
        {
            child = new Child(Process.Start(start) ?? throw new ChildFailedException($"{program.File} cannot be run"), options, time);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException)
        {
            throw new ChildFailedException($"{program.File} cannot be run: {exception.Message}", exception);
        }

        try
        {
            using var limit = new CancellationTokenSource(LongestStart, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            var hello = await InspectionFrames.ReadAsync(child._process.StandardOutput.BaseStream, either.Token).AsTask().WaitAsync(either.Token);
child.Hello = hello is not null && JsonSerializer.Deserialize(hello, InspectionJson.Default.InspectionHello) is { } said ? said : throw await child.EndedAsync("at its start");
            return child;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or JsonException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            child.Dispose();
            throw new ChildFailedException($"{program.File} did not get ready: {exception.Message}", exception);
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    /// <summary>Has files read.</summary>
    /// <param name="answered">Takes the result of each file in order, as it comes.</param>
    /// <exception cref="ChildFailedException">It ended, or went over a limit and was ended.</exception>
    public async Task AskAsync(IReadOnlyList<FileToInspect> files, Action<InspectionResult> answered, CancellationToken cancellationToken)
    {
        Messages++;
        var exchange = ExchangeAsync(files, answered, cancellationToken);
        var started = _time.GetTimestamp();
        var before = ProcessorTime();
        try
        {
            while (await Task.WhenAny(exchange, Task.Delay(Glance, _time, cancellationToken)) != exchange)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (OverLimit(before, started) is { } reason)
                {
                    Kill();
                    await exchange.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    throw new ChildFailedException(reason) { IsOverLimit = true };
                }
            }

            await exchange;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or JsonException)
        {
            Kill();
            throw await EndedAsync(exception.Message);
        }
        catch (OperationCanceledException)
        {
            // It is in the middle of a question.
            Kill();
            await exchange.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private async Task ExchangeAsync(IReadOnlyList<FileToInspect> files, Action<InspectionResult> answered, CancellationToken cancellationToken)
    {
        var input = _process.StandardInput.BaseStream;
        var output = _process.StandardOutput.BaseStream;
        var question = new InspectionQuestion([.. files.Select(file => new InspectionQuestion.File(file.PartPath, file.FileType, file.FileName, file.Sha256, file.Content.Length))], files is [var first, ..] ? first.Passwords : []);
        await input.WriteAsync(InspectionFrames.Of(question), cancellationToken);
        foreach (var file in files)
        {
            await input.WriteAsync(file.Content, cancellationToken);
        }

        await input.FlushAsync(cancellationToken);
        for (var i = 0; i < files.Count; i++)
        {
            var frame = await InspectionFrames.ReadAsync(output, cancellationToken) ?? throw new InvalidDataException("it ended");
            answered(JsonSerializer.Deserialize(frame, InspectionJson.Default.InspectionAnswer)?.Result ?? throw new InvalidDataException("it said nothing"));
        }
    }

    /// <summary>No configuration and no secrets: only what the runtime needs to start, and its limits.</summary>
    private static void Environment(ProcessStartInfo start, int memoryMib)
    {
        var kept = start.Environment.Where(variable => variable.Key is "DOTNET_ROOT" or "DOTNET_ROOT_X64" or "DOTNET_ROOT_ARM64" or "PATH" or "LD_LIBRARY_PATH" or "LANG").ToList();
        start.Environment.Clear();
        foreach (var (name, value) in kept)
        {
            start.Environment[name] = value;
        }

        // The rest of the memory is for the runtime, code and what native readers take.
        start.Environment["DOTNET_GCHeapHardLimit"] = ((long)memoryMib * 3 / 4 << 20).ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
    }

    private string? OverLimit(TimeSpan before, long started)
    {
        var clock = _options.Seconds * 10;
        if (ProcessorTime() - before > TimeSpan.FromSeconds(_options.Seconds))
        {
            return $"reading it took more than {_options.Seconds} s";
        }

        if (_time.GetElapsedTime(started) > TimeSpan.FromSeconds(clock))
        {
            return $"reading it took more than {clock} s by the clock";
        }

        return Memory() > (long)_options.MemoryMib << 20 ? $"reading it took more than {_options.MemoryMib} MiB of memory" : null;
    }

    private TimeSpan ProcessorTime()
    {
        try
        {
            return _process.TotalProcessorTime;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended; the exchange says so.
            return TimeSpan.Zero;
        }
    }

    private long Memory()
    {
        try
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return 0;
        }
    }

    private void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended already.
        }
    }

    private async Task<ChildFailedException> EndedAsync(string when)
    {
        Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        var errors = Encoding.UTF8.GetString(_errors, 0, await _errorsRead).Trim().ReplaceLineEndings(" ");
        return new ChildFailedException($"its reader ended ({when}; code {_process.ExitCode}){(errors.Length > 0 ? ": " + errors : "")}");
    }

    /// <summary>Keeps the beginning of what it says in its distress, however much that is.</summary>
    /// <returns>The bytes kept.</returns>
    private async Task<int> ReadErrorsAsync()
    {
        var stream = _process.StandardError.BaseStream;
        var kept = 0;
        var more = new byte[4_096];
        try
        {
            while (await stream.ReadAsync(kept < LongestErrors ? _errors.AsMemory(kept) : more, CancellationToken.None) is > 0 and var count)
            {
                kept += kept < LongestErrors ? count : 0;
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It is gone.
        }

        return kept;
    }
}
