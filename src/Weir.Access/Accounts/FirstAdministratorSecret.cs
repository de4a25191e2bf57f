using System.Security.Cryptography;
using System.Text;
using Weir.Storage.Contracts;

namespace Weir.Access.Accounts;

/// <summary>The one-time secret that makes the first administrator: a file that only the owner of the process can read, deleted when used.</summary>
internal sealed class FirstAdministratorSecret(DataDirectory directory)
{
    private string File => Path.Combine(directory.Keys, "first-administrator.secret");

    public string GetOrCreate()
    {
        if (System.IO.File.Exists(File))
        {
            return System.IO.File.ReadAllText(File);
        }

        System.IO.Directory.CreateDirectory(directory.Keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        using var stream = new FileStream(File, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        stream.Write(Encoding.ASCII.GetBytes(secret));
        stream.Flush(flushToDisk: true);
        return secret;
    }

    public bool Matches(string secret) =>
        System.IO.File.Exists(File)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret.Trim()), System.IO.File.ReadAllBytes(File));

    public void Destroy()
    {
        // Deleting a file in a folder that is not there fails.
        if (System.IO.File.Exists(File))
        {
            System.IO.File.Delete(File);
        }
    }
}
