namespace Weir.Mailboxes.Actions;

/// <summary>One at a time per mailbox. Holds an entry only while somebody works or waits.</summary>
internal sealed class Turns
{
    private readonly Dictionary<string, Turn> _turns = new(StringComparer.Ordinal);

    /// <summary>Waits for the mailbox; dispose to let the next one in.</summary>
    public async ValueTask<IDisposable> TakeAsync(string mailbox, CancellationToken cancellationToken)
    {
        Turn turn;
        lock (_turns)
        {
            if (!_turns.TryGetValue(mailbox, out turn!))
            {
                turn = new Turn(this, mailbox);
                _turns.Add(mailbox, turn);
            }

            turn.Users++;
        }

        try
        {
            await turn.Gate.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Leave(turn);
            throw;
        }

        return turn;
    }

    private void Leave(Turn turn)
    {
        lock (_turns)
        {
            turn.Users--;
            if (turn.Users == 0)
            {
                _turns.Remove(turn.Mailbox);
            }
        }
    }

    private sealed class Turn(Turns turns, string mailbox) : IDisposable
    {
        public string Mailbox { get; } = mailbox;

        public SemaphoreSlim Gate { get; } = new(1);

        public int Users { get; set; }

        // The gate needs no disposal (no wait handle is ever taken) and is used again by those who wait.
        public void Dispose()
        {
            Gate.Release();
            turns.Leave(this);
        }
    }
}
