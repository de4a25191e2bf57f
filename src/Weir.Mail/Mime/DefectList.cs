using Weir.Mail.Contracts;

namespace Weir.Mail.Mime;

/// <summary>Collects what is malformed; keeps the first <see cref="Most"/> so that a hostile message cannot flood its own record.</summary>
internal sealed class DefectList
{
    private const int Most = 200;
    private const int MostOfOneKind = 20;
    private readonly List<MailDefect> _defects = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public IReadOnlyList<MailDefect> All => _defects;

    public void Add(string kind, string detail, long offset = -1)
    {
        var count = _counts.GetValueOrDefault(kind);
        _counts[kind] = count + 1;
        if (_defects.Count < Most && count < MostOfOneKind)
        {
            _defects.Add(new MailDefect(kind, detail.Length > 200 ? detail[..200] : detail, offset));
        }
    }
}
