using Weir.Sample.Contracts;

namespace Weir.Server.Demo;

/// <summary>Makes what happens in the sample happen to Weir.</summary>
internal interface IDemoFeed
{
    /// <summary>Feeds events in order.</summary>
    /// <param name="fed">Told after each batch: how many events of this call are done, and the time of the last.</param>
    Task FeedAsync(IEnumerable<SampleEvent> events, Func<long, DateTimeOffset, ValueTask> fed, CancellationToken cancellationToken);
}
