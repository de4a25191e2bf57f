using System.Security.Cryptography;
using System.Text;
using Weir.Storage.Contracts;

namespace Weir.Intelligence.OwnMail;

/// <summary>The key with which Weir signs what it sends: 32 random bytes in the directory of keys, made when first needed. Backed up with the other keys.</summary>
internal sealed class OwnKey(DataDirectory data)
{
    private const int Size = 32;

    private readonly Lazy<byte[]> _key = new(() => Load(Path.Combine(data.Keys, "own-mail.key")));

    /// <summary>A signature (HMAC-SHA-256) under a key of its own for each purpose.</summary>
    public byte[] Sign(string purpose, string text) =>
        HMACSHA256.HashData(HKDF.DeriveKey(HashAlgorithmName.SHA256, _key.Value, Size, salt: [], Encoding.UTF8.GetBytes(purpose)), Encoding.UTF8.GetBytes(text));

    public bool IsSigned(string purpose, string text, ReadOnlySpan<byte> signature) => CryptographicOperations.FixedTimeEquals(Sign(purpose, text), signature);

    private static byte[] Load(string path)
    {
        if (File.Exists(path))
        {
            return File.ReadAllBytes(path) is { Length: Size } kept ? kept
                : throw new InvalidDataException($"{path} is damaged. Put it back from a backup, or delete it: links and marks of mail that was sent before then count for nothing.");
        }

        var directory = Path.GetDirectoryName(path)!; // a file in the directory of keys
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var key = RandomNumberGenerator.GetBytes(Size);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Whole or not at all: a key that is cut off would invalidate what was signed with it.
        var temporary = path + ".new";
        File.Delete(temporary);
        using (var file = new FileStream(temporary, options))
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path);
        return key;
    }
}
