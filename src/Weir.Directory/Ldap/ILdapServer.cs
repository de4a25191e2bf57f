namespace Weir.Directory.Ldap;

/// <summary>The directory server.</summary>
internal interface ILdapServer
{
    /// <summary>The entries that a filter finds, each with the attributes asked for (and no others).</summary>
    /// <exception cref="LdapFailedException">The server is not reached, refuses, or does not answer in time.</exception>
    Task<IReadOnlyList<LdapEntry>> SearchAsync(string filter, IReadOnlyList<string> attributes, CancellationToken cancellationToken);
}

/// <summary>An entry: its distinguished name and the values of its attributes, which are found without case.</summary>
internal sealed record LdapEntry(string Dn, IReadOnlyDictionary<string, IReadOnlyList<string>> Attributes)
{
    public IReadOnlyList<string> All(string attribute) => Attributes.GetValueOrDefault(attribute) ?? [];

    /// <summary>The first value of the first attribute that has one.</summary>
    public string First(params ReadOnlySpan<string> attributes)
    {
        foreach (var attribute in attributes)
        {
            if (All(attribute) is [{ Length: > 0 } value, ..])
            {
                return value;
            }
        }

        return "";
    }
}

/// <summary>The directory server was not read; the message says why and what to do.</summary>
internal sealed class LdapFailedException(string message, Exception? inner = null) : Exception(message, inner);
