using Weir.Access.Contracts;

namespace Weir.Directory.Contracts;

/// <summary>The door to user tags. A change holds from the next message on.</summary>
public interface IUserTags
{
    /// <summary>All tags by name, the priority account first; needs <see cref="Permission.SecuritySettingsRead"/>.</summary>
    ValueTask<IReadOnlyList<UserTag>> ListAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>Whom a rule would put a tag on, by address; needs <see cref="Permission.SecuritySettingsRead"/>.</summary>
    IReadOnlyList<Person> Preview(Caller caller, TagRule rule);

    /// <summary>Stores a tag; needs <see cref="Permission.SecuritySettingsManage"/>.</summary>
    /// <param name="tag">With the version that the caller saw; 0 for a new one.</param>
    /// <exception cref="ArgumentException">Something is wrong with it, or somebody else changed it meanwhile; the message says what.</exception>
    ValueTask SaveAsync(Caller caller, UserTag tag, CancellationToken cancellationToken);

    /// <summary>Takes a tag off everybody that a rule put it on; needs <see cref="Permission.SecuritySettingsManage"/>.</summary>
    /// <exception cref="ArgumentException">There is no such tag, or it is the system's.</exception>
    ValueTask DeleteAsync(Caller caller, string name, CancellationToken cancellationToken);
}
