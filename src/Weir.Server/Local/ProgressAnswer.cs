using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;

namespace Weir.Server.Local;

/// <summary>Answers a request for long work with a line after each step, and a last one. The work ends when the command goes away.</summary>
internal static class ProgressAnswer
{
    /// <param name="work">Is handed where to report.</param>
    /// <param name="line">Of a state, and whether it is the last.</param>
    public static async Task WriteAsync<TState, TLine>(HttpContext context, Func<Action<TState>, Task<TState>> work, Func<TState, bool, TLine> line, JsonTypeInfo<TLine> type)
    {
        // A slow terminal does not hold the work up: only the newest state waits to be told.
        var states = Channel.CreateBounded<TState>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var working = work(state => states.Writer.TryWrite(state));
        var ended = working.ContinueWith(_ => states.Writer.Complete(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await foreach (var state in states.Reader.ReadAllAsync(context.RequestAborted))
        {
            await LocalJson.WriteAsync(context, line(state, false), type);
        }

        await ended;
        await LocalJson.WriteAsync(context, line(await working, true), type);
    }

    /// <summary>Called in place, unlike <see cref="Progress{T}"/>: what is shown is what is done.</summary>
    internal sealed class InPlace<T>(Action<T> show) : IProgress<T>
    {
        public void Report(T value) => show(value);
    }
}
