using SharpCompress.Archives;
using SharpCompress.Readers;

namespace Weir.Mail.Archives;

/// <summary>7-Zip, RAR, ARJ and ACE through SharpCompress, member after member in the order of the file: solid archives are unpacked once.</summary>
internal static class OtherArchives
{
    /// <summary>Lists and unpacks the members.</summary>
    /// <returns>True when a password is needed even for the names.</returns>
    public static bool Read(ReadOnlyMemory<byte> file, string fileType, UnpackBudget budget, Action<string, ReadOnlyMemory<byte>> found, Action<string, long, bool> unread)
    {
        using var source = new MemoryStream(file.ToArray(), writable: false);
        if (fileType is "arj" or "ace")
        {
            using var direct = ReaderFactory.OpenReader(source, new ReaderOptions { LeaveStreamOpen = true });
            Walk(direct, budget, found, unread);
            return false;
        }

        using var archive = ArchiveFactory.OpenArchive(source, new ReaderOptions { LeaveStreamOpen = true });
        var entries = archive.Entries.Take(budget.Members + 1).Where(entry => !entry.IsDirectory).ToList();
        if (entries.Exists(entry => entry.IsEncrypted))
        {
            foreach (var entry in entries)
            {
                if (!budget.TakeMember())
                {
                    break;
                }

                unread(entry.Key ?? "", entry.Size, entry.IsEncrypted);
            }

            return false;
        }

        using var reader = archive.ExtractAllEntries();
        Walk(reader, budget, found, unread);
        return false;
    }

    private static void Walk(IReader reader, UnpackBudget budget, Action<string, ReadOnlyMemory<byte>> found, Action<string, long, bool> unread)
    {
        while (reader.MoveToNextEntry())
        {
            var entry = reader.Entry;
            if (entry.IsDirectory)
            {
                continue;
            }

            if (!budget.TakeMember())
            {
                return;
            }

            var name = entry.Key ?? "";
            if (entry.IsEncrypted)
            {
                unread(name, entry.Size, true);
                continue;
            }

            // Not disposed before the end when cut: disposing would unpack the rest.
            var stream = reader.OpenEntryStream();
            var content = budget.Read(stream, out var isCut);
            if (isCut)
            {
                unread(name, entry.Size, false);
                reader.Cancel();
                return;
            }

            stream.Dispose();
            found(name, content);
        }
    }
}
