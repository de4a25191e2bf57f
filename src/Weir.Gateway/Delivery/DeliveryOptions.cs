namespace Weir.Gateway.Delivery;

/// <summary>Section <c>delivery</c>: where Weir learns which mailboxes a message reached. Without any reader, delivery is assumed and shown so.</summary>
internal sealed record DeliveryOptions
{
    /// <summary>Postfix's log file (<c>/var/log/mail.log</c> or <c>maillog_file</c>); empty: not read.</summary>
    public string PostfixLog { get; init; } = "";

    /// <summary>The file that <c>weir-delivery.lua</c> writes in Dovecot; empty: not read.</summary>
    public string DovecotSpool { get; init; } = "";

    /// <summary>Dovecot's log file, where the Lua script cannot be used; empty: not read.</summary>
    public string DovecotLog { get; init; } = "";

    /// <summary>How long to wait for Dovecot to name the folder before a delivery is recorded without it.</summary>
    public TimeSpan FolderWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the files are looked at.</summary>
    public TimeSpan ReadEvery { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Names of folders that mean junk; the last part of a folder's path counts.</summary>
    public IReadOnlyList<string> JunkFolders { get; init; } = [];

    public bool IsAssumed => PostfixLog.Length == 0;

    public bool KnowsFolders => DovecotSpool.Length > 0 || DovecotLog.Length > 0;
}
