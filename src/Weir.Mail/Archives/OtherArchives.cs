using SharpCompress.Archives;
using SharpCompress.Readers;
using Weir.Mail.Inspection.Passwords;

namespace Weir.Mail.Archives;

/// <summary>7-Zip, RAR, ARJ and ACE through SharpCompress, member after member in the order of the file: solid archives are unpacked once.</summary>
internal static class OtherArchives
{
    /// <summary>What 7-Zip and RAR make one try of a password cost.</summary>
    private const double SecondsEach = 0.2;

    /// <summary>Lists and unpacks the members.</summary>
    /// <returns>True when a password is needed even for the names.</returns>
    public static bool Read(ReadOnlyMemory<byte> file, string fileType, PasswordTrial passwords, UnpackBudget budget, Action<string, ReadOnlyMemory<byte>> found, Action<string, long, bool> unread)
    {
        using var source = new MemoryStream(file.ToArray(), writable: false);
        if (fileType is "arj" or "ace")
        {
            using var direct = ReaderFactory.OpenReader(source, new ReaderOptions { LeaveStreamOpen = true });
            Walk(direct, budget, found, unread);
            return false;
        }

        if (WithPassword(source, passwords, budget, found))
        {
            return true;
        }

        source.Position = 0;
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

    /// <summary>Tries the passwords on an archive that needs one. Each try derives a key, which takes long on purpose.</summary>
    /// <returns>False when it needs none, or none opens it.</returns>
    private static bool WithPassword(MemoryStream source, PasswordTrial passwords, UnpackBudget budget, Action<string, ReadOnlyMemory<byte>> found)
    {
        if (!NeedsPassword(source))
        {
            return false;
        }

        foreach (var password in passwords.Passwords(SecondsEach))
        {
            var files = new List<(string, ReadOnlyMemory<byte>)>();
            try
            {
                source.Position = 0;
                using var archive = ArchiveFactory.OpenArchive(source, new ReaderOptions { LeaveStreamOpen = true, Password = password });
                using var reader = archive.ExtractAllEntries();
                while (reader.MoveToNextEntry())
                {
                    if (!reader.Entry.IsDirectory && budget.TakeMember())
                    {
                        using var stream = reader.OpenEntryStream();
                        var content = budget.Read(stream, out var isCut);
                        if (!isCut && archive.Type == SharpCompress.Common.ArchiveType.SevenZip && reader.Entry.Crc != 0 && reader.Entry.Crc != ZipDecryption.CrcOf(content))
                        {
                            throw new InvalidDataException("A wrong password made other bytes.");
                        }

                        files.Add((reader.Entry.Key ?? "", content));
                    }
                }
            }
#pragma warning disable CA1031 // A wrong password makes broken data, and decoders throw every type of exception on it.
            catch (Exception)
#pragma warning restore CA1031
            {
                continue;
            }

            passwords.Opens(password);
            files.ForEach(file => found(file.Item1, file.Item2));
            return true;
        }

        return false;
    }

    private static bool NeedsPassword(MemoryStream source)
    {
        try
        {
            using var archive = ArchiveFactory.OpenArchive(source, new ReaderOptions { LeaveStreamOpen = true });
            return archive.Entries.Any(entry => entry.IsEncrypted);
        }
        catch (Exception exception) when (exception.GetType().Name.Contains("Crypto", StringComparison.Ordinal) || exception.Message.Contains("password", StringComparison.OrdinalIgnoreCase))
        {
            // The names are encrypted too.
            return true;
        }
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
