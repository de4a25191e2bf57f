namespace Weir.Intelligence.Contracts;

/// <summary>What is known of domains that an entry should rather not speak of; told by the rooms that know the organisation and the world.</summary>
public interface IKnownDomains
{
    /// <summary>The domain is one of the organisation's, or lies below one.</summary>
    bool IsOwn(string domain);

    /// <summary>What very many people use it for: <c>a mail service that anybody uses</c>; nothing when it is not known for that.</summary>
    string? UsedByMany(string domain);
}
