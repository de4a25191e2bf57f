using System.Collections.Concurrent;
using System.Text;
using Weir.Access.Contracts;
using Weir.Events.Contracts;

namespace Weir.Portal.Tests.Support;

/// <summary>Files in memory, made before they are asked for.</summary>
internal sealed class FakeExports(IQuestions questions) : IExports
{
    private readonly ConcurrentDictionary<string, (string Owner, Export Export, byte[] File)> _all = new(StringComparer.Ordinal);

    public async ValueTask<string> StartAsync(Caller caller, ExportOrder order, CancellationToken cancellationToken)
    {
        var text = new StringBuilder(order.Head);
        var rows = 0L;
        foreach (var kql in order.Parts)
        {
            await foreach (var part in questions.StreamAsync(caller, new Question(kql), cancellationToken))
            {
                foreach (var row in part.Rows)
                {
                    text.Append(order.Line(part, row));
                    rows++;
                }
            }
        }

        var (id, file, now) = (Guid.NewGuid().ToString("N"), Encoding.UTF8.GetBytes(text.ToString()), TimeProvider.System.GetUtcNow());
        _all[id] = (caller.Id, new Export(id, order.Name, order.FileName, ExportState.Ready, rows, order.Expected, file.Length, now, now, ""), file);
        return id;
    }

    public IReadOnlyList<Export> List(Caller caller) => [.. _all.Values.Where(each => each.Owner == caller.Id).Select(each => each.Export)];

    public void Remove(Caller caller, string id) => _all.TryRemove(id, out _);

    public ValueTask<Stream?> OpenAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        ValueTask.FromResult<Stream?>(_all.TryGetValue(id, out var found) && found.Owner == caller.Id ? new MemoryStream(found.File) : null);
}
