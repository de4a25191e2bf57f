using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Weir.Access.Contracts;
using Weir.Events.Contracts;
using Weir.Events.Log;
using Weir.Events.Schema;
using Weir.Events.Store;
using Weir.Kql.Contracts;

namespace Weir.Events.Asking;

/// <summary>The door: checks the right, bounds time, rows and how many ask at once, and says when the answer may be old.</summary>
internal sealed class Questions(EventStore store, EventLog log, TimeProvider time) : IQuestions, IDisposable
{
    private const int AtOnce = 6;

    /// <summary>Whoever has so many running waits for one of them, so that nobody's long questions keep the others from asking.</summary>
    private const int AtOnceOfOne = 3;

    private const int RowsPerPart = 1000;

    private readonly SemaphoreSlim _slots = new(AtOnce);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _own = new(StringComparer.Ordinal);

    public async ValueTask<Answer> AskAsync(Caller caller, Question question, CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailMetadataRead);
        using var limit = new Limit(question, time, cancellationToken);
        return await limit.WithinAsync(async token =>
        {
            using var slot = await SlotAsync(caller, token);
            await using var connection = store.OpenReading();
            return WithState(await KqlRunner.RunAsync(connection, question.Kql, HuntingSchema.Kql, Options(question), question.MaxRows, token));
        });
    }

    public async IAsyncEnumerable<Answer> StreamAsync(Caller caller, Question question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        caller.Require(Permission.EmailMetadataRead);
        var options = Options(question);
        using var limit = new Limit(question, time, cancellationToken);
        using var slot = await limit.WithinAsync(token => SlotAsync(caller, token));
        await using var connection = store.OpenReading();
        var compilation = await limit.WithinAsync(token => KqlRunner.CompileAsync(connection, question.Kql, HuntingSchema.Kql, options, token));
        using var rows = await limit.WithinAsync(token => Task.Run(() => new KqlRows(connection, compilation.Sql, compilation.Columns, token), token));
        List<object?[]> part;
        do
        {
            part = await limit.WithinAsync(token => Task.Run(() => rows.Next(RowsPerPart), token));
            yield return WithState(KqlRunner.AnswerOf(compilation, part, options.Now));
        }
        while (part.Count == RowsPerPart);
    }

    public void Dispose()
    {
        _slots.Dispose();
        foreach (var own in _own.Values)
        {
            own.Dispose();
        }
    }

    private async Task<IDisposable> SlotAsync(Caller caller, CancellationToken cancellationToken)
    {
        // One for each account: there are no more of them than accounts.
        var own = _own.GetOrAdd(caller.Id, _ => new SemaphoreSlim(AtOnceOfOne));
        await own.WaitAsync(cancellationToken);
        try
        {
            await _slots.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            own.Release();
            throw;
        }

        return new Slot(_slots, own);
    }

    private KqlCompileOptions Options(Question question) => new() { Now = time.GetUtcNow(), Parameters = question.Parameters };

    private Answer WithState(Answer answer) =>
        log.Shown.Fault is { } fault ? answer with { Warnings = [.. answer.Warnings, "What happened since is not shown: " + fault.Message] }
        : store.Held is { } held ? answer with { Warnings = [.. answer.Warnings, "What happened since is not shown. " + held] }
        : store.Rebuilding is { } reason ? answer with { Warnings = [.. answer.Warnings, "Rows are missing still. " + reason] }
        : answer;

    private sealed class Slot(SemaphoreSlim slots, SemaphoreSlim own) : IDisposable
    {
        public void Dispose()
        {
            slots.Release();
            own.Release();
        }
    }

    /// <summary>The question's time limit together with the caller's own cancellation.</summary>
    private sealed class Limit : IDisposable
    {
        private readonly TimeSpan _timeout;
        private readonly CancellationTokenSource _time;
        private readonly CancellationTokenSource _either;
        private readonly CancellationToken _caller;

        public Limit(Question question, TimeProvider time, CancellationToken caller)
        {
            _timeout = question.Timeout;
            _caller = caller;
            _time = new CancellationTokenSource(question.Timeout, time);
            _either = CancellationTokenSource.CreateLinkedTokenSource(_time.Token, caller);
        }

        public async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> work)
        {
            try
            {
                return await work(_either.Token);
            }
            catch (OperationCanceledException) when (_time.IsCancellationRequested && !_caller.IsCancellationRequested)
            {
                throw new QuestionException($"The query took longer than {_timeout.TotalSeconds:0.#} seconds and was stopped.", 0, 0);
            }
        }

        public void Dispose()
        {
            _either.Dispose();
            _time.Dispose();
        }
    }
}
