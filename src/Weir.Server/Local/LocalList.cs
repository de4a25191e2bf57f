using System.Text.Json;
using Weir.Access.Contracts;
using Weir.Intelligence.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Server.Local;

/// <summary><c>/list</c>: shows the allow/block list, adds lines to it, takes entries out.</summary>
internal sealed class LocalList : ILocalRoute
{
    private const int Everything = int.MaxValue;

    public string Path => "/list";

    public async Task AnswerAsync(HttpContext context, string user)
    {
        // As many lines as the list reads at once.
        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = 256L << 20;
        }

        if (await LocalJson.ReadAsync(context, LocalJson.Default.ListRequest) is { } request)
        {
            await LocalJson.WriteAsync(context, await DoAsync(context.RequestServices, user, request, context.RequestAborted), LocalJson.Default.ListAnswer);
        }
    }

    /// <summary>Does it in the stores of this process.</summary>
    public static async Task<ListAnswer> DoAsync(IServiceProvider services, string user, ListRequest request, CancellationToken cancellationToken)
    {
        var door = services.GetRequiredService<IAllowBlockEntries>();
        var caller = LocalUser.Caller(user, Permission.SecuritySettingsRead, Permission.DetectionTuningManage);
        return request.Deed switch
        {
            ListDeed.Show => new ListAnswer([.. (await FindAsync(door, caller, request, cancellationToken)).Select(Line)], [], [], 0, 0),
            ListDeed.Add => await AddAsync(door, caller, request, cancellationToken),
            _ => await RemoveAsync(door, caller, request, cancellationToken),
        };
    }

    /// <summary>Asks the server that holds the directory.</summary>
    public static async Task<ListAnswer> AskAsync(DataDirectory directory, ListRequest request, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await LocalClient.PostForLineAsync(directory, new LocalList().Path, request, LocalJson.Default.ListRequest, cancellationToken), LocalJson.Default.ListAnswer)!;

    private static async Task<ListAnswer> AddAsync(IAllowBlockEntries door, Caller caller, ListRequest request, CancellationToken cancellationToken)
    {
        var read = await door.ReadAsync(caller, request.Text, new EntryDefaults(request.IsAllow ?? false, EntryLines.KindOf(request.Kind)) { Source = request.Source }, cancellationToken);
        var added = read.Good.Count > 0 ? await door.AddAsync(caller, read.Good, request.IsConfirmed, cancellationToken) : new AddedLines(0, 0, []);
        return new ListAnswer([], [.. read.Bad.Select(Problem)], request.IsConfirmed ? [] : [.. read.Cautions.Select(Problem)], added.Added, read.AlreadyThere + added.AlreadyThere);
    }

    private static async Task<ListAnswer> RemoveAsync(IAllowBlockEntries door, Caller caller, ListRequest request, CancellationToken cancellationToken)
    {
        var kept = Enum.GetValues<EntryKind>().ToDictionary(kind => kind, kind => EntryLines.Spelled(kind, request.Value) ?? request.Value);
        var found = (await FindAsync(door, caller, request with { Text = "" }, cancellationToken)).Where(entry => entry.Entry.Value.Equals(kept[entry.Entry.Kind], StringComparison.OrdinalIgnoreCase)).ToList();
        return found.Count == 0
            ? new ListAnswer([], [new ListProblem(0, request.Value, "The list has no such entry.")], [], 0, 0)
            : new ListAnswer([.. found.Select(Line)], [], [], await door.RemoveAsync(caller, [.. found.Select(entry => entry.Entry.Id)], cancellationToken), 0);
    }

    private static async Task<IReadOnlyList<ListedEntry>> FindAsync(IAllowBlockEntries door, Caller caller, ListRequest request, CancellationToken cancellationToken) =>
        (await door.ListAsync(
            caller,
            new EntryQuery
            {
                Kinds = EntryLines.KindOf(request.Kind) is { } kind ? [kind] : [],
                Text = request.Text,
                IsAllow = request.IsAllow,
                State = Enum.TryParse<EntryState>(request.State, ignoreCase: true, out var state) ? state : null,
                Order = EntryOrder.Value,
                IsDescending = false,
                Take = Everything,
            },
            cancellationToken)).Entries;

    private static ListProblem Problem(BadLine bad) => new(bad.Number, bad.Text, bad.Reason);

    private static ListLine Line(ListedEntry entry) => new(
        entry.Entry.Id, EntryLines.Word(entry.Entry.Kind), entry.Entry.Value, entry.Entry.IsAllow ? "allow" : "block", entry.State.ToString(), entry.Expires, entry.UnusedDays, entry.Entry.Note, entry.Source,
        entry.CreatedBy, entry.CreatedAt, entry.ModifiedBy, entry.ModifiedAt, entry.LastUsed, EntryLines.Write(entry));
}
