using System.Collections.Concurrent;
using System.Text;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Events.Asking;

/// <summary>Files of whole answers under the data directory. Rows go from the store to the file a thousand at a time, so that memory does not grow with them.</summary>
internal sealed class Exports(IQuestions questions, DataDirectory directory, TimeProvider time) : IExports, IAsyncDisposable
{
    /// <summary>Files of one person, whatever their state.</summary>
    public const int MostOfOnePerson = 20;

    private const int AtOnce = 2;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    private readonly ConcurrentDictionary<string, Making> _all = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _slots = new(AtOnce);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _starting = new();
    private bool _isClean;

    private string Folder => Path.Combine(directory.Path, "exports");

    public ValueTask<string> StartAsync(Caller caller, ExportOrder order, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailMetadataRead);
        lock (_starting)
        {
            Prepare();
            if (_all.Values.Count(each => each.Owner == caller.Id) >= MostOfOnePerson)
            {
                throw new InvalidOperationException($"You have {MostOfOnePerson} exports already: remove some first.");
            }

            var id = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
            var making = new Making(caller.Id, Path.Combine(Folder, id + ".csv"), CancellationTokenSource.CreateLinkedTokenSource(_end.Token))
            {
                Now = new Export(id, order.Name, order.FileName, ExportState.Waiting, 0, order.Expected, 0, time.GetUtcNow(), EndedAt: null, Problem: ""),
            };
            _all[id] = making;
            making.Work = Task.Run(() => MakeAsync(caller, order, making), CancellationToken.None);
            return ValueTask.FromResult(id);
        }
    }

    public IReadOnlyList<Export> List(Caller caller)
    {
        caller.Require(Permission.EmailMetadataRead);
        return [.. _all.Values.Where(each => each.Owner == caller.Id).Select(each => each.Now).OrderByDescending(export => export.StartedAt).ThenByDescending(export => export.Id, StringComparer.Ordinal)];
    }

    public void Remove(Caller caller, string id)
    {
        caller.Require(Permission.EmailMetadataRead);
        if (_all.TryGetValue(id, out var making) && making.Owner == caller.Id && _all.TryRemove(id, out _))
        {
            making.Stop();
        }
    }

    public ValueTask<Stream?> OpenAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailMetadataRead);
        return ValueTask.FromResult<Stream?>(
            _all.TryGetValue(id, out var making) && making.Owner == caller.Id && making.Now.State == ExportState.Ready && File.Exists(making.Path)
                ? new FileStream(making.Path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.Asynchronous })
                : null);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_all.Values.Select(making => making.Work));
        foreach (var making in _all.Values)
        {
            making.Stop();
        }

        _slots.Dispose();
        _end.Dispose();
    }

    /// <summary>What an earlier process left is nobody's; what is older than a week goes.</summary>
    private void Prepare()
    {
        if (!_isClean)
        {
            _isClean = true;
            if (System.IO.Directory.Exists(Folder))
            {
                System.IO.Directory.Delete(Folder, recursive: true);
            }

            System.IO.Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var old = time.GetUtcNow() - Kept;
        foreach (var (id, making) in _all.Where(pair => pair.Value.Now.EndedAt < old).ToList())
        {
            _all.TryRemove(id, out _);
            making.Stop();
        }
    }

    private async Task MakeAsync(Caller caller, ExportOrder order, Making making)
    {
        try
        {
            await _slots.WaitAsync(making.Cancellation);
            try
            {
                making.Now = making.Now with { State = ExportState.Running };
                await WriteAsync(caller, order, making);
                making.Now = making.Now with { State = ExportState.Ready, EndedAt = time.GetUtcNow() };
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (OperationCanceledException) when (making.Cancellation.IsCancellationRequested)
        {
            // Removed, or the process ends.
            making.Delete();
        }
        catch (Exception exception) when (exception is QuestionException or IOException or UnauthorizedAccessException)
        {
            making.Delete();
            making.Now = making.Now with { State = ExportState.Failed, EndedAt = time.GetUtcNow(), Problem = exception.Message };
        }
    }

    private async Task WriteAsync(Caller caller, ExportOrder order, Making making)
    {
        await using var file = new FileStream(making.Path, new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.Read, Options = FileOptions.Asynchronous, BufferSize = 1 << 16, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        await using var writer = new StreamWriter(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
        await writer.WriteAsync(order.Head.AsMemory(), making.Cancellation);
        var rows = 0L;
        foreach (var kql in order.Parts)
        {
            await foreach (var part in questions.StreamAsync(caller, new Question(kql) { Timeout = Longest }, making.Cancellation).WithCancellation(making.Cancellation))
            {
                foreach (var row in part.Rows)
                {
                    await writer.WriteAsync(order.Line(part, row).AsMemory(), making.Cancellation);
                }

                rows += part.Rows.Count;
                making.Now = making.Now with { Rows = rows, Bytes = file.Position };
            }
        }

        await writer.FlushAsync(making.Cancellation);
        making.Now = making.Now with { Bytes = file.Position };
    }

    /// <summary>One file and its maker.</summary>
    private sealed class Making(string owner, string path, CancellationTokenSource cancellation)
    {
        private volatile Export _now = null!;

        public string Owner => owner;

        public string Path => path;

        public CancellationToken Cancellation { get; } = cancellation.Token;

        public Task Work { get; set; } = Task.CompletedTask;

        public Export Now
        {
            get => _now;
            set => _now = value;
        }

        public void Stop()
        {
            cancellation.Cancel();
            Delete();
        }

        public void Delete()
        {
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
    }
}
