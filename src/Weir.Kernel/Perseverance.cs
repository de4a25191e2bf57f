using System.Data.Common;

namespace Weir.Kernel;

/// <summary>Work in the background that ends only when it is stopped. A disk that is full or fails for a while does not end it, nor the process: it is said, and the work begins again.</summary>
public static class Perseverance
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Runs work to its end, again after each trouble with the disk: a second later, then after twice the time, half a minute at most.</summary>
    /// <param name="work">Must be able to begin anew at any point where it can fail.</param>
    /// <param name="said">Told of a trouble when it is another one than the last.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task RunAsync(Func<CancellationToken, Task> work, Action<Exception> said, TimeProvider time, CancellationToken cancellationToken)
    {
        var pause = First;
        var last = "";
        while (true)
        {
            var began = time.GetTimestamp();
            try
            {
                await work(cancellationToken);
                return;
            }
            catch (Exception trouble) when (IsOfDisk(trouble) && !cancellationToken.IsCancellationRequested)
            {
                if (time.GetElapsedTime(began) > Longest)
                {
                    (pause, last) = (First, "");
                }

                if (trouble.Message != last)
                {
                    last = trouble.Message;
                    said(trouble);
                }
            }

            await Task.Delay(pause, time, cancellationToken);
            pause = pause * 2 < Longest ? pause * 2 : Longest;
        }
    }

    /// <summary>Looks now and then from time to time, as <see cref="RunAsync"/> does.</summary>
    /// <param name="every">The pause between the end of one look and the next.</param>
    public static Task EveryAsync(TimeSpan every, Func<CancellationToken, Task> look, Action<Exception> said, TimeProvider time, CancellationToken cancellationToken) =>
        RunAsync(
            async token =>
            {
                while (true)
                {
                    await look(token);
                    await Task.Delay(every, time, token);
                }
            },
            said,
            time,
            cancellationToken);

    /// <summary>A file or a database could not be read or written; what wraps such an error counts too.</summary>
    public static bool IsOfDisk(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or DbException || (exception.InnerException is { } inner && IsOfDisk(inner));
}
