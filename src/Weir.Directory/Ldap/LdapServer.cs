using System.DirectoryServices.Protocols;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;

namespace Weir.Directory.Ldap;

/// <summary>Reads the configured server page by page (RFC 2696), one connection a search.</summary>
internal sealed class LdapServer(IOptions<DirectoryOptions> options) : ILdapServer
{
    private const int PageSize = 1_000;

    /// <summary>More than this is not an organisation that Weir is made for, or not a server that ends.</summary>
    private const int MostEntries = 1_000_000;

    private const string ObjectGuid = "objectGUID";

    public async Task<IReadOnlyList<LdapEntry>> SearchAsync(string filter, IReadOnlyList<string> attributes, CancellationToken cancellationToken)
    {
        var settings = options.Value.Ldap ?? throw new LdapFailedException("No directory server is configured; set directory.ldap in weir.json (docs/directory.md).");
        try
        {
            // The library waits within native code: a thread of its own, so that nothing else waits with it.
            return await Task.Factory.StartNew(() => Read(settings, filter, attributes, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (Exception exception) when (exception is DirectoryException or TypeInitializationException or DllNotFoundException or IOException or UnauthorizedAccessException)
        {
            throw new LdapFailedException(Words(settings, exception), exception);
        }
    }

    private static List<LdapEntry> Read(LdapOptions settings, string filter, IReadOnlyList<string> attributes, CancellationToken cancellationToken)
    {
        using var connection = Connect(settings);
        var entries = new List<LdapEntry>();
        var page = new PageResultRequestControl(PageSize);
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var request = new SearchRequest(settings.BaseDn, filter, SearchScope.Subtree, [.. attributes]);
            request.Controls.Add(page);
            var response = (SearchResponse)connection.SendRequest(request);
            foreach (SearchResultEntry entry in response.Entries)
            {
                entries.Add(Of(connection, entry));
            }

            page.Cookie = response.Controls.OfType<PageResultResponseControl>().FirstOrDefault()?.Cookie ?? [];
            if (entries.Count > MostEntries)
            {
                throw new LdapException($"{settings.BaseDn} has more than {MostEntries} entries that fit {filter}.");
            }
        }
        while (page.Cookie.Length > 0);
        return entries;
    }

    private static LdapConnection Connect(LdapOptions settings)
    {
        var address = settings.Address!;
        var isTls = address.Scheme == "ldaps";
        var port = address.IsDefaultPort || address.Port < 0 ? isTls ? 636 : 389 : address.Port;
        var connection = new LdapConnection(new LdapDirectoryIdentifier(address.Host, port, fullyQualifiedDnsHostName: true, connectionless: false))
        {
            AuthType = settings.BindDn.Length > 0 ? AuthType.Basic : AuthType.Anonymous,
            Timeout = TimeSpan.FromSeconds(settings.TimeoutSeconds),
        };
        try
        {
            connection.SessionOptions.ProtocolVersion = 3;
            // Another server that this one names is another trust.
            connection.SessionOptions.ReferralChasing = ReferralChasingOptions.None;
            if (isTls)
            {
                if (settings.TrustedCertificates.Length > 0 && !OperatingSystem.IsWindows())
                {
                    connection.SessionOptions.TrustedCertificatesDirectory = settings.TrustedCertificates;
                    connection.SessionOptions.StartNewTlsSessionContext();
                }

                connection.SessionOptions.SecureSocketLayer = true;
            }

            if (settings.BindDn.Length > 0)
            {
                connection.Bind(new NetworkCredential(settings.BindDn, settings.PasswordFile.Length > 0 ? File.ReadLines(settings.PasswordFile).FirstOrDefault() ?? "" : settings.Password));
            }
            else
            {
                connection.Bind();
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static LdapEntry Of(LdapConnection connection, SearchResultEntry entry)
    {
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (DirectoryAttribute attribute in entry.Attributes.Values)
        {
            // Active Directory gives long lists in pieces named member;range=0-1499; the rest is asked for.
            var (name, range) = attribute.Name.Split(';', 2) is [var before, var option] && option.StartsWith("range=", StringComparison.OrdinalIgnoreCase) ? (before, option) : (attribute.Name, "");
            var found = Strings(name, attribute).ToList();
            while (range.Length > 0 && !range.EndsWith('*') && Next(range) is { } next)
            {
                var more = ((SearchResponse)connection.SendRequest(new SearchRequest(entry.DistinguishedName, "(objectClass=*)", SearchScope.Base, $"{name};range={next}-*"))).Entries[0].Attributes.Values
                    .Cast<DirectoryAttribute>().FirstOrDefault(piece => piece.Name.StartsWith(name + ";", StringComparison.OrdinalIgnoreCase));
                found.AddRange(more is null ? [] : Strings(name, more));
                range = more?.Name.Split(';', 2)[1] ?? "";
            }

            if (found.Count > 0 || !values.ContainsKey(name))
            {
                values[name] = found;
            }
        }

        return new LdapEntry(entry.DistinguishedName, values);
    }

    private static int? Next(string range) => int.TryParse(range[(range.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last + 1 : null;

    private static IEnumerable<string> Strings(string name, DirectoryAttribute attribute) =>
        name.Equals(ObjectGuid, StringComparison.OrdinalIgnoreCase)
            ? attribute.GetValues(typeof(byte[])).Cast<byte[]>().Where(value => value.Length == 16).Select(value => new Guid(value).ToString())
            : attribute.GetValues(typeof(string)).Cast<string>();

    private static string Words(LdapOptions settings, Exception exception) => exception switch
    {
        LdapException { ErrorCode: 49 } => $"{settings.Server} does not accept {settings.BindDn} with this password.",
        LdapException { ErrorCode: 81 or 91 } => $"{settings.Server} is not reached, or its certificate is not trusted (the name must match; directory.ldap.trustedCertificates names a folder of authorities).",
        LdapException { ErrorCode: 85 } => $"{settings.Server} did not answer within {settings.TimeoutSeconds} seconds.",
        LdapException { ErrorCode: 87 } => "A filter of directory.ldap is none (RFC 4515).",
        DirectoryOperationException { Response.ResultCode: ResultCode.NoSuchObject } => $"{settings.Server} has no {settings.BaseDn}, or {(settings.BindDn.Length > 0 ? settings.BindDn : "nobody without signing in")} may not see it.",
        TypeInitializationException or DllNotFoundException => "The LDAP library of this machine is missing: install libldap-2.5-0 (Debian 12) or libldap2 (Debian 13).",
        _ => $"{settings.Server}: {exception.Message}",
    };
}
