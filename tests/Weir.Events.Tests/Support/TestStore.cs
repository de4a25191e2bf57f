using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Weir.Events.Contracts;
using Weir.Events.Folding;
using Weir.Events.Log;
using Weir.Events.Store;

namespace Weir.Events.Tests.Support;

/// <summary>The log, the event store and the reader between them, on real files.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly LogFolder _folder;
    private readonly EventStoreReader _reader;

    private TestStore(TemporaryDirectory directory, TimeProvider time)
    {
        var options = Options.Create(new EventsOptions());
        Log = new EventLog(directory.Data, time, options);
        Store = new EventStore(directory.Data, options);
        _folder = new LogFolder(Log, Store, NullLogger<LogFolder>.Instance);
        _reader = new EventStoreReader(Log, Store, _folder, TimeProvider.System, NullLogger<EventStoreReader>.Instance);
    }

    public EventLog Log { get; }

    public EventStore Store { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens at a fixed time.</summary>
    public static Task<TestStore> OpenAsync(TemporaryDirectory directory) => OpenAtAsync(directory, new FakeTimeProvider(Some.Noon));

    public static async Task<TestStore> OpenAtAsync(TemporaryDirectory directory, TimeProvider time)
    {
        var store = new TestStore(directory, time);
        await store._reader.StartAsync(Token);
        return store;
    }

    /// <summary>Opened, and nothing of the log is read yet.</summary>
    public static TestStore Unread(TemporaryDirectory directory) => new(directory, new FakeTimeProvider(Some.Noon));

    /// <summary>Appends and waits until the event store shows it.</summary>
    public async Task AppendAsync(params Fact[] facts) => await Log.WaitUntilShownAsync(await Log.AppendAsync(facts, Token), Token);

    /// <summary>Rows as text, cells joined by |.</summary>
    public IReadOnlyList<string> Rows(string sql)
    {
        using var connection = Store.OpenReading();
        return [.. connection.Rows(sql).Select(row => string.Join('|', row.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture))))];
    }

    /// <summary>Recipient, delivery action, location, latest location and action of every e-mail row.</summary>
    public IReadOnlyList<string> Mail() =>
        Rows("""SELECT "RecipientEmailAddress", "DeliveryAction", "DeliveryLocation", "LatestDeliveryLocation", "LatestDeliveryAction" FROM "EmailEvents" ORDER BY 1""");

    /// <summary>Every row of every table.</summary>
    public IReadOnlyList<string> Everything() =>
        [.. new[] { "EmailEvents", "EmailAttachmentInfo", "EmailUrlInfo", "EmailPostDeliveryEvents", "UrlClickEvents", "WeirMessageEvidence", "WeirDeliveryEvents", "CampaignInfo", "WeirCampaigns", "WeirCampaignTies", "message_state" }
            .SelectMany(table => Rows($"SELECT * FROM \"{table}\"").Order(StringComparer.Ordinal).Select(row => $"{table}: {row}"))];

    public async ValueTask DisposeAsync()
    {
        await _reader.StopAsync(Token);
        _reader.Dispose();
        _folder.Dispose();
        Store.Dispose();
        await Log.DisposeAsync();
    }
}
