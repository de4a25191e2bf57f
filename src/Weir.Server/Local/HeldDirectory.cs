using Weir.Server.Hosting;
using Weir.Storage.Contracts;

namespace Weir.Server.Local;

/// <summary>Two commands, one directory: a command works on the stores when nobody holds the directory, and asks the server that holds it otherwise.</summary>
internal static class HeldDirectory
{
    /// <param name="here">Does it with the stores opened in this process; background work does not run.</param>
    /// <param name="there">Asks the server.</param>
    public static async Task<T> DoAsync<T>(DataDirectory directory, Func<IServiceProvider, Task<T>> here, Func<Task<T>> there, CancellationToken cancellationToken)
    {
        await using var host = await TryOpenAsync(directory, cancellationToken);
        return await (host is null ? there() : here(host.Services));
    }

    /// <summary>Does it and tells the person at the terminal, also what went wrong.</summary>
    /// <returns>What <paramref name="tell"/> returns; 2 when the directory could not be worked on.</returns>
    public static async Task<int> TellAsync<T>(DataDirectory directory, Func<IServiceProvider, Task<T>> here, Func<Task<T>> there, Func<T, Task<int>> tell, CancellationToken cancellationToken)
    {
        try
        {
            return await tell(await DoAsync(directory, here, there, cancellationToken));
        }
        catch (Exception exception) when (IsExplained(exception))
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }
    }

    /// <summary>The stores, when nobody holds the directory.</summary>
    /// <exception cref="NoDataDirectoryException">There is no such directory: a name that was mistyped must not make one.</exception>
    public static async Task<ServerHost?> TryOpenAsync(DataDirectory directory, CancellationToken cancellationToken)
    {
        if (!System.IO.Directory.Exists(directory.Path))
        {
            throw new NoDataDirectoryException(directory.Path);
        }

        try
        {
            return await ServerHost.CreateAsync(new ServerHostSettings { Directory = directory, WithPortal = false, LogLevel = LogLevel.Warning }, cancellationToken);
        }
        catch (DataDirectoryInUseException)
        {
            return null;
        }
    }

    /// <summary>What went wrong is for the person at the terminal to read.</summary>
    public static bool IsExplained(Exception exception) =>
        exception is ConfigurationException or NoDataDirectoryException or NewerDatabaseException or DamagedDataException or Weir.Events.Contracts.UnreadableFactException or Weir.Events.Contracts.NewerDataException or DataDirectoryInUseException or IOException or HttpRequestException or Microsoft.Extensions.Options.OptionsValidationException;
}
