using Weir.Access.Contracts;
using static Weir.Access.Contracts.Permission;
using static Weir.Response.Tests.Support.World;

namespace Weir.Response.Tests.Content;

public sealed class MessageContentTests
{
    private static readonly Caller Reader = Person("rita", EmailMetadataRead, SecurityDataRead);
    private static readonly Caller Investigator = Person("ivo", EmailMetadataRead, EmailContentRead);
    private static readonly Caller QuarantineReader = Person("quinn", EmailMetadataRead, QuarantineContentRead);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_may_read_content_previews_and_downloads_and_each_use_is_audited()
    {
        await using var world = await MakeAsync();
        var target = await world.MailAsync("ann@corp.example");

        var preview = await world.Content.OpenPreviewAsync(Investigator, await world.Content.IssuePreviewTokenAsync(Investigator, target, Token), Token);
        var raw = await world.Content.DownloadAsync(Investigator, target, Token);
        var source = await world.Content.SourceAsync(Investigator, target, Token);

        Assert.Contains("Body 1", preview!.Html, StringComparison.Ordinal);
        Assert.Equal(world.Blobs.Bodies["blob1"], raw);
        Assert.Equal(raw, source);
        Assert.Equal(
            [("AdminMailAccess", $"{target.Id} ann@corp.example", "Success", "preview"), ("AdminMailAccess", $"{target.Id} ann@corp.example", "Success", "download"), ("AdminMailAccess", $"{target.Id} ann@corp.example", "Success", "source")],
            world.Audit.Entries.Select(one => (one.Entry.Operation, one.Entry.Target, one.Entry.Result, one.Entry.Detail)));
    }

    [Fact]
    public async Task Who_may_not_is_refused_and_the_refusal_is_audited()
    {
        await using var world = await MakeAsync();
        var target = await world.MailAsync("ann@corp.example");

        await Assert.ThrowsAsync<AccessDeniedException>(() => world.Content.IssuePreviewTokenAsync(Reader, target, Token).AsTask());
        await Assert.ThrowsAsync<AccessDeniedException>(() => world.Content.DownloadAsync(Reader, target, Token).AsTask());
        await Assert.ThrowsAsync<AccessDeniedException>(() => world.Content.SourceAsync(Reader, target, Token).AsTask());

        Assert.False(await world.Content.MayReadAsync(Reader, target, Token));
        Assert.Equal([("Denied", "preview"), ("Denied", "download"), ("Denied", "source")], world.Audit.Entries.Select(one => (one.Entry.Result, one.Entry.Detail)));
    }

    [Theory]
    [InlineData("Quarantine", true)]
    [InlineData("Inbox/folder", false)]
    public async Task Quarantine_rights_reach_as_far_as_the_quarantine(string location, bool may)
    {
        await using var world = await MakeAsync();
        var target = await world.MailAsync("ann@corp.example", location: location);

        Assert.Equal(may, await world.Content.MayReadAsync(QuarantineReader, target, Token));
    }

    [Fact]
    public async Task A_message_released_meanwhile_is_no_longer_shown_to_quarantine_rights()
    {
        await using var world = await MakeAsync();
        var target = await world.MailAsync("ann@corp.example", location: "Quarantine");
        var token = await world.Content.IssuePreviewTokenAsync(QuarantineReader, target, Token);
        world.Record.Rows[0] = world.Record.Rows[0] with { Location = "Inbox/folder" };

        await Assert.ThrowsAsync<AccessDeniedException>(() => world.Content.OpenPreviewAsync(QuarantineReader, token, Token).AsTask());
    }

    [Fact]
    public async Task A_message_is_read_only_through_a_row_that_exists()
    {
        await using var world = await MakeAsync();
        var target = await world.MailAsync("ann@corp.example", location: "Quarantine");

        Assert.False(await world.Content.MayReadAsync(QuarantineReader, target with { Recipient = "bob@corp.example" }, Token));
    }

    [Fact]
    public async Task A_token_opens_once()
    {
        await using var world = await MakeAsync();
        var token = await world.Content.IssuePreviewTokenAsync(Investigator, await world.MailAsync("ann@corp.example"), Token);

        var first = await world.Content.OpenPreviewAsync(Investigator, token, Token);
        var second = await world.Content.OpenPreviewAsync(Investigator, token, Token);

        Assert.NotNull(first);
        Assert.Null(second);
        Assert.Equal(["Success", "Denied"], world.Audit.Entries.Select(one => one.Entry.Result), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_token_is_old_after_sixty_seconds()
    {
        await using var world = await MakeAsync();
        var target = await world.MailAsync("ann@corp.example");
        var (early, late) = (await world.Content.IssuePreviewTokenAsync(Investigator, target, Token), await world.Content.IssuePreviewTokenAsync(Investigator, target, Token));

        world.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.NotNull(await world.Content.OpenPreviewAsync(Investigator, early, Token));
        world.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await world.Content.OpenPreviewAsync(Investigator, late, Token));
    }

    [Fact]
    public async Task Another_callers_token_opens_nothing_and_is_spent()
    {
        await using var world = await MakeAsync();
        var token = await world.Content.IssuePreviewTokenAsync(Investigator, await world.MailAsync("ann@corp.example"), Token);

        Assert.Null(await world.Content.OpenPreviewAsync(Investigator with { Id = "other" }, token, Token));
        Assert.Null(await world.Content.OpenPreviewAsync(Investigator, token, Token));
        Assert.Null(await world.Content.OpenPreviewAsync(Investigator, "made-up", Token));
    }

    [Fact]
    public async Task Erased_and_oversized_content_is_nothing_and_the_audit_says_why()
    {
        await using var world = await MakeAsync(("response:maxContentBytes", "10"));
        var (erased, large) = (await world.MailAsync("ann@corp.example"), await world.MailAsync("ann@corp.example"));
        world.Blobs.Bodies.Remove("blob1");

        Assert.Null(await world.Content.DownloadAsync(Investigator, erased, Token));
        Assert.Null(await world.Content.DownloadAsync(Investigator, large, Token));

        Assert.Equal(
            [("Failure", "download: content erased or never kept"), ("Failure", "download: larger than response:maxContentBytes")],
            world.Audit.Entries.Select(one => (one.Entry.Result, one.Entry.Detail)));
    }
}
