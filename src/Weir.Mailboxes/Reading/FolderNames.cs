using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Weir.Mailboxes.Contracts;

namespace Weir.Mailboxes.Reading;

/// <summary>What the names of folders mean, as mail programs make them.</summary>
internal static class FolderNames
{
    private static readonly Dictionary<FolderUse, HashSet<string>> Names = new()
    {
        [FolderUse.Junk] = Set("junk", "spam", "junk e-mail", "junk email", "junk mail", "bulk mail", "bulk", "junk-e-mail", "unerwünscht", "werbung", "spamverdacht", "courrier indésirable", "indésirables", "pourriel", "correo no deseado", "correo basura", "posta indesiderata", "ongewenste e-mail", "lixo eletrônico", "niechciane", "wiadomości-śmieci"),
        [FolderUse.Deleted] = Set("trash", "deleted items", "deleted messages", "deleted", "bin", "recoverable", "papierkorb", "gelöschte objekte", "gelöschte elemente", "corbeille", "éléments supprimés", "papelera", "elementos eliminados", "cestino", "posta eliminata", "prullenbak", "verwijderde items", "lixeira", "itens excluídos", "kosz", "elementy usunięte"),
        [FolderUse.Sent] = Set("sent", "sent items", "sent messages", "sent mail", "sent-mail", "gesendet", "gesendete objekte", "gesendete elemente", "gesendete nachrichten", "envoyés", "éléments envoyés", "messages envoyés", "enviados", "elementos enviados", "inviata", "posta inviata", "verzonden", "verzonden items", "itens enviados", "wysłane", "elementy wysłane"),
        [FolderUse.Drafts] = Set("drafts", "draft", "templates", "entwürfe", "vorlagen", "brouillons", "borradores", "bozze", "concepten", "rascunhos", "kopie robocze", "wersje robocze", "outbox"),
    };

    public static FolderUse UseOf(string folder)
    {
        if (folder.Equals("INBOX", StringComparison.OrdinalIgnoreCase))
        {
            return FolderUse.Inbox;
        }

        var last = folder[(folder.LastIndexOf('/') + 1)..].Normalize();
        foreach (var (use, names) in Names)
        {
            if (names.Contains(last))
            {
                return use;
            }
        }

        // What a person keeps below one of them belongs to it.
        var top = folder.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? folder[..slash] : "";
        return top.Length > 0 && !top.Equals("INBOX", StringComparison.OrdinalIgnoreCase) && UseOf(top) is FolderUse.Junk or FolderUse.Deleted or FolderUse.Sent ? UseOf(top) : FolderUse.Own;
    }

    /// <summary>The modified UTF-7 of IMAP (RFC 3501 §5.1.3), as Maildir++ writes names; what is not well formed stays as it is.</summary>
    public static string Decode(string name)
    {
        var text = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            var end = name[i] == '&' ? name.IndexOf('-', i) : -1;
            if (end < 0)
            {
                text.Append(name[i]);
                continue;
            }

            if (end == i + 1)
            {
                text.Append('&');
            }
            else if (Utf16(name[(i + 1)..end]) is { } letters)
            {
                text.Append(letters);
            }
            else
            {
                text.Append(name, i, end - i + 1);
            }

            i = end;
        }

        return text.ToString();
    }

    private static string? Utf16(string coded)
    {
        var padded = coded.Replace(',', '/').PadRight((coded.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var written) && Base64.IsValid(padded) ? Encoding.BigEndianUnicode.GetString(bytes, 0, written) : null;
    }

    private static HashSet<string> Set(params string[] names) => new(names, StringComparer.Create(CultureInfo.InvariantCulture, ignoreCase: true));
}
