using DuckDB.NET.Data;

namespace Weir.Events.Asking;

/// <summary>
/// Stops a command once a token is cancelled. DuckDB has no time limit and blocks, so it is interrupted from another
/// thread; and it forgets an interrupt that reaches it before a statement begins, so it is told again until the
/// command has come back and this is disposed.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(20);

    private readonly Lock _once = new();
    private readonly DuckDBCommand _command;
    private readonly CancellationTokenRegistration _registration;
    private ITimer? _timer;
    private bool _isOver;

    public Interruption(DuckDBCommand command, CancellationToken cancellationToken)
    {
        _command = command;
        _registration = cancellationToken.Register(Begin);
    }

    /// <summary>After this the command is not touched any more.</summary>
    public void Dispose()
    {
        lock (_once)
        {
            _isOver = true;
            _timer?.Dispose();
        }

        _registration.Dispose();
    }

    private void Begin()
    {
        lock (_once)
        {
            if (!_isOver)
            {
                // The machine's own clock on purpose: a clock that a test holds still must not let a query run on.
                _timer = TimeProvider.System.CreateTimer(_ => Interrupt(), null, TimeSpan.Zero, Again);
            }
        }
    }

    private void Interrupt()
    {
        lock (_once)
        {
            if (!_isOver)
            {
                _command.Cancel();
            }
        }
    }
}
