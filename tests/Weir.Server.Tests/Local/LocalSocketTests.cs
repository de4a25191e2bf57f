using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Weir.Access.Contracts;
using Weir.Events;
using Weir.Events.Contracts;
using Weir.Kernel;
using Weir.Server.Local;
using Weir.Storage.Contracts;

namespace Weir.Server.Tests.Local;

public sealed class LocalSocketTests : IAsyncLifetime
{
    private readonly DataDirectory _directory = new(TestRun.NewFolder());
    private readonly CollectedAudit _audit = new();
    private WebApplication? _server;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
            LocalSocket.Listen(kestrel, _directory);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(_directory).AddSingleton(TimeProvider.System).AddSingleton<IAuditTrail>(_audit).AddEvents();
        _server = builder.Build();
        _server.UseLocalSocket();
        await _server.StartAsync(Token);
        var log = _server.Services.GetRequiredService<IEventLog>();
        await log.WaitUntilShownAsync(await log.AppendAsync([.. Enumerable.Range(0, 1500).Select(Refused)], Token), Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        System.IO.Directory.Delete(_directory.Path, recursive: true);
    }

    [Fact]
    public async Task A_question_over_the_socket_is_answered_in_parts_and_audited_as_the_local_user()
    {
        var parts = await LocalHunt.AskAsync(_directory, new Question("EmailEvents | project Timestamp, RecipientEmailAddress"), Token).ToListAsync(Token);

        Assert.Equal([1000, 500], parts.Select(part => part.Rows.Count));
        Assert.Equal(["datetime", "string"], parts[0].Columns.Select(column => column.Type));
        Assert.Contains(parts.SelectMany(part => part.Rows), row => (string?)row[1] == "user7@firm.example" && (DateTime)row[0]! == new DateTime(2026, 11, 2, 0, 0, 7, DateTimeKind.Utc));
        var (caller, entry) = Assert.Single(_audit.Entries);
        Assert.Equal($"local:{Environment.UserName}", caller.Id);
        Assert.Equal("AdvancedHunting", entry.Operation);
    }

    [Fact]
    public async Task A_mistake_comes_back_with_its_place()
    {
        var mistake = await Assert.ThrowsAsync<QuestionException>(async () => await LocalHunt.AskAsync(_directory, new Question("EmailEvents | where Nonsense"), Token).ToListAsync(Token));

        Assert.Equal((1, 21), (mistake.Line, mistake.Column));
    }

    [Fact]
    public void Only_the_owner_may_open_the_socket()
    {
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(LocalSocket.PathOf(_directory)));
    }

    [Fact]
    public async Task The_network_does_not_reach_what_the_socket_offers()
    {
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(_server!.Urls.First(url => url.Contains("localhost", StringComparison.Ordinal) || url.Contains("127.0.0.1", StringComparison.Ordinal))) };
        using var content = new StringContent("""{"query":"EmailEvents","timeoutSeconds":5}""");

        using var response = await client.PostAsync(new Uri("/hunt", UriKind.Relative), content, Token);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(_audit.Entries);
    }

    [Fact]
    public async Task What_is_not_a_request_is_refused()
    {
        using var client = LocalClient.Connect(_directory);
        using var content = new StringContent("not json", mediaType: new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));

        using var refused = await client.PostAsync(new Uri("/hunt", UriKind.Relative), content, Token);
        using var unknown = await client.GetAsync(new Uri("/hunt", UriKind.Relative), Token);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static RecipientRefused Refused(int number)
    {
        var at = new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero).AddSeconds(number);
        return new RecipientRefused { At = at, Id = NetworkMessageId.New(at), MailFrom = "a@b.example", Recipient = $"user{number}@firm.example", Reply = "550" };
    }

    private sealed class CollectedAudit : IAuditTrail
    {
        public List<(Caller Caller, AuditEntry Entry)> Entries { get; } = [];

        public ValueTask RecordAsync(Caller caller, AuditEntry entry, CancellationToken cancellationToken)
        {
            Entries.Add((caller, entry));
            return ValueTask.CompletedTask;
        }

        public ValueTask<IReadOnlyList<AuditRecord>> ReadAsync(Caller caller, int limit, long? before, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<long?> VerifyAsync(Caller caller, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
