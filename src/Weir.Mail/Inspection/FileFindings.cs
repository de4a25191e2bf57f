using Weir.Mail.Contracts;
using Weir.Mail.Inspection.Passwords;
using Weir.Mail.Inspection.Pictures;
using Weir.Mail.Mime;
using Weir.Mail.Text;
using Weir.Mail.Urls;

namespace Weir.Mail.Inspection;

/// <summary>What a reader says of one file. Everything is bounded here; readers need not count.</summary>
internal sealed class FileFindings(string partPath, FindingLimits limits, DefectList defects, PictureShelf shelf)
{
    private const int LongestDetail = 300;

    private readonly UrlCollection _urls = new(limits.Urls, defects);
    private readonly List<FileFeature> _features = [];
    private readonly HashSet<(string, string)> _said = [];
    private readonly List<(string Name, ReadOnlyMemory<byte> Content)> _embedded = [];
    private bool _isExhausted;

    public IReadOnlyList<FileFeature> Features => _features;

    public IReadOnlyList<MailUrl> Urls => _urls.All;

    /// <summary>Files that were found inside; they are read next.</summary>
    public IReadOnlyList<(string Name, ReadOnlyMemory<byte> Content)> Files => _embedded;

    /// <summary>Pictures of the same message.</summary>
    public PictureShelf Shelf => shelf;

    public bool IsEncrypted { get; private set; }

    /// <summary>Why reading stopped; empty when it did not.</summary>
    public string WhyNotRead { get; private set; } = "";

    /// <param name="name">Stable name in kebab case.</param>
    /// <param name="detail">For people; cut at 300 characters. The same name and detail is kept once.</param>
    public void Feature(string name, string detail, long offset = -1, string place = "")
    {
        var text = Printable(detail);
        if (!_said.Add((name, text)))
        {
            return;
        }

        if (_features.Count < limits.Features)
        {
            _features.Add(new FileFeature(name, text, offset, Printable(place)));
        }
        else
        {
            Exhausted("more was found in its files than is kept");
        }
    }

    /// <summary>A link: as written, with the text that is shown for it.</summary>
    public void Url(string written, string shown = "", UrlSource source = UrlSource.Attachments) => _urls.Add(written, shown, source, partPath, null);

    /// <summary>Text in which URLs are found as mail programs find them.</summary>
    /// <param name="needsScheme">Only <c>scheme://</c>: for source code, where every dot would look like a domain.</param>
    public void Text(string text, bool needsScheme = false) => _urls.AddText(text, UrlSource.Attachments, partPath, needsScheme);

    /// <summary>HTML whose links count.</summary>
    public void Page(string html) => _urls.AddPage(HtmlReading.Read(html, limits.Urls), UrlSource.Attachments, partPath);

    /// <summary>A file inside, to be read in turn by what its content is.</summary>
    public void Embedded(string name, ReadOnlyMemory<byte> content)
    {
        if (content.IsEmpty)
        {
            return;
        }

        if (_embedded.Count < limits.Files)
        {
            _embedded.Add((name, content));
        }
        else
        {
            Exhausted($"more than {limits.Files} files");
        }
    }

    public void Encrypted() => IsEncrypted = true;

    /// <summary>Says which password opened an encrypted file, if one did.</summary>
    public void OpenedWith(PasswordTrial passwords)
    {
        if (passwords.Opened.Length > 0)
        {
            Feature(passwords.IsFromText ? "opened-with-password-of-text" : "opened-with-usual-password", $"the password {passwords.Opened} opens it");
        }
    }

    /// <summary>Not everything was read; the first reason stays.</summary>
    public void NotRead(string reason)
    {
        if (WhyNotRead.Length == 0)
        {
            WhyNotRead = Printable(reason);
        }
    }

    /// <summary>A limit of the whole message is reached: what comes is not read, here and behind.</summary>
    public void Exhausted(string reason)
    {
        NotRead(reason);
        if (!_isExhausted)
        {
            _isExhausted = true;
            defects.Add(InspectionResult.Exhausted, $"The files of the message were not all read: {reason}.");
        }
    }

    /// <summary>Hostile text as people may see it: one line, short.</summary>
    private static string Printable(string text)
    {
        var cut = text.Length <= LongestDetail ? text : string.Concat(text.AsSpan(0, LongestDetail), "…");
        return cut.AsSpan().IndexOfAnyInRange('\0', '\u001F') < 0 ? cut : string.Concat(cut.Select(c => char.IsControl(c) ? ' ' : c));
    }
}
